// xianjian report: one HTML file for people, for a county or several side by side.
import { openCorpus } from '../../../db/open.js';
import { loadCodebook } from '../../../extractors/index.js';
import { compare } from '../../corpus.js';
import { writeReport } from '../../export/report.js';
import { UsageError } from '../../model/errors.js';
import { type Command, codebookOption, databaseOption } from '../command.js';
import { whyEmpty } from '../empty-comparison.js';
import { queryOf, queryOptions } from '../query.js';

export const reportCommand: Command = {
  name: 'report',
  summary: {
    en: 'Write one HTML file to read and print: values and practices side by side, each with its sentence and source.',
    zh: '写出一个供阅读和打印的 HTML 文件：数值与做法并排对照，各附原句和出处。',
  },
  options: [
    databaseOption,
    codebookOption,
    ...queryOptions,
    { flags: '-o, --output <file>', about: { en: 'the HTML file', zh: 'HTML 文件' }, default: 'report.html' },
  ],
  examples: ['xianjian report -o 乳山.html --county 乳山', 'xianjian report --county 乳山,阳谷 --period 2022..2024'],
  async run({ options }, out) {
    const path = String(options.output);
    if (!/\.html?$/i.test(path))
      throw new UsageError(
        'E_EXPORT_FORMAT',
        { en: `a report is an HTML file, not ${path}`, zh: `报告是 HTML 文件，不能写成 ${path}` },
        { en: 'Write a name that ends in .html.', zh: '请写以 .html 结尾的文件名。' },
      );
    const query = queryOf(options);
    const codebook = loadCodebook(String(options.codebook));
    const corpus = await openCorpus(String(options.db), { readOnly: true });
    try {
      const written = await writeReport(corpus, query, codebook, path);
      if (written)
        out.say(
          `${written.path}\n${{ en: `${written.counties} ${written.counties === 1 ? 'county' : 'counties'}, ${written.rows} rows`, zh: `县区 ${written.counties} 个，${written.rows} 行` }[out.language]}`,
        );
      else {
        const why = await whyEmpty(corpus, await compare(corpus, query, codebook), query, codebook, out.language);
        out.say(
          {
            en: `No file was written: there is nothing to report. ${why ?? 'Next: xianjian crawl URL --place CODE'}`,
            zh: `没有写文件：没有可报告的内容。${why ?? '下一步：xianjian crawl 网址 --place 代码'}`,
          }[out.language],
        );
      }
      return 0;
    } finally {
      await corpus.close();
    }
  },
};
