// xianjian doctor: whether this machine, this study and this corpus are in order; every finding with what to do.
import { inspect, loadSource } from '../../../crawlers/index.js';
import { diagnose } from '../../doctor.js';
import { exitCodes } from '../../model/errors.js';
import { allowPrivateOption, type Command, databaseOption, portOf } from '../command.js';
import { harmless } from '../output.js';
import { contactOf } from '../settings.js';
import { knownSources } from '../source-names.js';

/** Sites that are asked. */
const mostSites = 3;

export const doctorCommand: Command = {
  name: 'doctor',
  summary: {
    en: 'Check this machine and the corpus: versions, browser, disk, port, integrity, pages without text, late crawls.',
    zh: '检查本机和语料库：版本、浏览器、磁盘、端口、完整性、没有正文的网页、误点的采集。',
  },
  options: [
    databaseOption,
    {
      flags: '--sites',
      about: {
        en: `also ask the first ${mostSites} sites of the study: name, TLS, challenge pages`,
        zh: `另问本研究的前 ${mostSites} 个站点：域名、TLS、验证页`,
      },
    },
    { flags: '--port <port>', about: { en: 'the port of `serve`', zh: 'serve 的端口' }, default: 4170 },
    allowPrivateOption,
    { flags: '--json', about: { en: 'the findings as an array', zh: '检查结果，数组' } },
  ],
  examples: ['xianjian doctor', 'xianjian doctor --sites', 'xianjian doctor --db study.sqlite --json'],
  async run({ options, settings }, out) {
    const asked = options.sites === true;
    const allowPrivate = options.allowPrivate === true;
    const findings = await diagnose({
      db: String(options.db),
      port: portOf(options.port),
      environment: process.env,
      sites: asked ? knownSources(settings).slice(0, mostSites).map(loadSource) : [],
      ask: async (address) => {
        const { page, robots } = await inspect(address, { allowPrivate, ...contactOf(settings) });
        return page?.outcome ?? (robots.allowed ? 'unreachable' : 'denied');
      },
    });
    if (options.json)
      out.data(
        `${JSON.stringify(
          findings.map(({ said: _, ...finding }) => finding),
          null,
          2,
        )}\n`,
      );
    else {
      for (const { state, said } of findings) {
        const [check, met, cure] = [said.check, said.met, said.cure].map((each) => each?.[out.language]);
        out.data(`${{ ok: '✔', notice: '•', fault: '✘' }[state]} ${check}: ${harmless(met ?? '')}\n`);
        if (cure) out.data(`    ${harmless(cure)}\n`);
      }
    }
    return findings.some((finding) => finding.state === 'fault') ? exitCodes.failed : 0;
  },
};
