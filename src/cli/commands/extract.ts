// xianjian extract: the records of files as JSON lines, without a corpus.
import { parse } from 'node:path';
import { compileCodebook, extract, loadCodebook } from '../../../extractors/index.js';
import { UsageError } from '../../model/errors.js';
import { readAll } from '../../reading/index.js';
import { allowPrivateOption, type Command, codebookOption, placeOption } from '../command.js';
import { noteLine } from '../crawl-words.js';
import { fetchInput } from '../input.js';
import { jsonOf } from './read.js';

export const extractCommand: Command = {
  name: 'extract',
  arguments: '<file...>',
  summary: {
    en: 'Print documents, figures, practices and citations of files, one JSON object a line.',
    zh: '打印文件、数、做法和引文，每行一个 JSON 对象，不建语料库。',
  },
  options: [
    codebookOption,
    placeOption,
    {
      flags: '--date <date>',
      about: {
        en: 'the date of the text where it states none (2024-05-21)',
        zh: '文中没有日期时采用的日期（2024-05-21）',
      },
    },
    {
      flags: '--jsonl',
      about: { en: 'one JSON object a line (the only form)', zh: '每行一个 JSON 对象（只有这一种格式）' },
    },
    allowPrivateOption,
  ],
  examples: ['xianjian extract report.txt --place 371521 --date 2017-08-10 --jsonl', 'xianjian extract *.html --jsonl'],
  async run(call, out) {
    const { arguments: files, options } = call;
    const date = options.date === undefined ? null : String(options.date);
    if (date !== null && !/^\d{4}(-\d\d){0,2}$/.test(date))
      throw new UsageError(
        'E_DATE',
        { en: `"${date}" is no date`, zh: `“${date}”不是日期` },
        { en: 'Write 2024, 2024-05 or 2024-05-21.', zh: '请写 2024、2024-05 或 2024-05-21。' },
      );
    const codebook = compileCodebook(loadCodebook(String(options.codebook)));
    const write = (type: string, record: object) => out.data(`${JSON.stringify({ type, ...record })}\n`);
    for (const file of files) {
      const documents = await readAll(await fetchInput(file, call));
      for (const [index, read] of documents.entries()) {
        const undated = read.publishedIso === null && read.signedIso === null;
        const document = undated && date !== null ? { ...read, publishedIso: date } : read;
        const name = parse(file).name.split('_')[0]! + (index === 0 ? '' : `#${index}`);
        const { figures, practices, citations, ...about } = extract(document, codebook, name);
        write('document', { ...(jsonOf(document) as object), ...about });
        for (const figure of figures) write('figure', { document: name, ...figure });
        for (const practice of practices) write('practice', { document: name, ...practice });
        for (const citation of citations) write('citation', { document: name, ...citation });
        for (const note of document.notes) out.say(`${file}: ${noteLine(note, out.language)}`);
      }
    }
    return 0;
  },
};
