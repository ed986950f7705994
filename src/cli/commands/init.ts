// xianjian init: the folder of a new study, with settings, a source and a codebook to begin with.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/errors.js';
import type { Command } from '../command.js';
import { studyFiles } from '../study.js';

export const initCommand: Command = {
  name: 'init',
  arguments: '[folder]',
  summary: {
    en: 'Begin a study: commented settings with their JSON schema, a source and a codebook to copy from, .gitignore.',
    zh: '新建一项研究：带注释的设置及其 JSON schema、可照抄的站点文件和编码表、.gitignore。',
  },
  options: [],
  examples: ['xianjian init my-study', 'xianjian init'],
  async run(call, out) {
    const named = call.arguments[0] ?? '.';
    const folder = resolve(named);
    const files = studyFiles(out.language);
    const there = [...files.keys()].find((file) => existsSync(join(folder, file)));
    if (there !== undefined)
      throw new UsageError(
        'E_EXISTS',
        { en: `${join(folder, there)} is there already`, zh: `${join(folder, there)} 已经存在` },
        { en: 'Name a new folder; nothing was written.', zh: '请写一个新文件夹；什么也没有写入。' },
      );
    for (const [file, text] of files) {
      write(join(folder, file), text);
      out.say(`  ${join(named, file)}`);
    }
    const first = named === '.' ? '' : `cd ${named} && `;
    out.say(
      {
        en: `Next: ${first}xianjian sources add https://… --place CODE -o sources/NAME.yaml`,
        zh: `下一步：${first}xianjian sources add https://… --place 代码 -o sources/名称.yaml`,
      }[out.language],
    );
    return 0;
  },
};

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(
      'E_FILE',
      {
        en: `${file} cannot be written: ${(cause as Error).message}`,
        zh: `无法写入 ${file}：${(cause as Error).message}`,
      },
      { en: 'Name another folder.', zh: '请换一个文件夹。' },
      {
        cause,
      },
    );
  }
}
