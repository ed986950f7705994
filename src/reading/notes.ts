// Every sentence in which reading says why there is no text or less than there should be, and why a damaged place was mended or left.
// The English is kept with the document; `sayNote` says it to people. A new note begins here.
import type { Language } from '../model/language.js';
import { sentences } from '../model/sentences.js';

const table = sentences({
  image: { en: '{origin}: is an image; text in images is not read', zh: '{origin}：是图片，图片中的文字不作识别' },
  locked: { en: '{origin}: is locked with a password', zh: '{origin}：设有密码' },
  binary: {
    en: '{origin}: holds bytes that are no text of any known kind',
    zh: '{origin}：内容不是已知的任何一种文本',
  },
  unsupported: {
    en: '{origin}: is a {format} file, a kind that is not read',
    zh: '{origin}：是 {format} 文件，这类文件不读',
  },
  failure: { en: '{origin}: {reason}', zh: '{origin}：{reason}' },
  rowsLeft: { en: '{origin}: {count} rows were not read', zh: '{origin}：有 {count} 行没有读' },
  membersLeft: {
    en: '{origin}: an archive of {total} files; {count} could not be read',
    zh: '{origin}：压缩包内有 {total} 个文件，{count} 个读不了',
  },
  scans: {
    en: '{origin}: {count} of {pages} pages are scans without text',
    zh: '{origin}：{pages} 页中有 {count} 页是没有文字的扫描图',
  },
  pagesLeft: { en: '{origin}: {count} pages were not read', zh: '{origin}：有 {count} 页没有读' },
  cut: {
    en: '{origin}: {bytes} bytes; the first {most} were read',
    zh: '{origin}：共 {bytes} 字节，只读了前 {most} 字节',
  },
  replaced: {
    en: '{origin}: {count} characters could not be decoded as {encoding} and stand as \uFFFD',
    zh: '{origin}：有 {count} 个字符不能按 {encoding} 解码，以 \uFFFD 代替',
  },
  mojibake: {
    en: '{origin}: {count} characters of the text were destroyed before it was published',
    zh: '{origin}：正文有 {count} 个字符在发布之前已成乱码',
  },
  noArticle: { en: '{origin}: no article was found', zh: '{origin}：没有找到正文' },
  archivesDeep: {
    en: '{origin}: {count} files in an archive that lies {most} archives deep were not read',
    zh: '{origin}：压缩包已嵌套 {most} 层，其中 {count} 个文件没有读',
  },
  elementsDeep: {
    en: '{origin}: elements are nested too deep; they were read as neighbours',
    zh: '{origin}：标签嵌套过深，按并列读取',
  },
  manyCells: {
    en: '{origin}: more than {most} cells in tables; {count} lines in the cells behind were not read',
    zh: '{origin}：表格超过 {most} 格，其后各格的 {count} 行没有读',
  },
  // Why a file could not be opened: open-file.ts, and the worker, which says it in the same words.
  largeFile: { en: '{bytes} bytes; {most} are read', zh: '共 {bytes} 字节，最多读 {most} 字节' },
  slow: { en: 'not read within {seconds} seconds', zh: '{seconds} 秒内没有读完' },
  memory: { en: 'needs more than {most} MB of memory', zh: '需要的内存超过 {most} MB' },
  stopped: { en: 'its reader stopped', zh: '读取程序中止' },
  unpacks: { en: 'the archive unpacks to more than is allowed', zh: '解压后超过允许的大小' },
  password: { en: 'No password given', zh: '设有密码' },
  invalidPdf: { en: 'Invalid PDF structure.', zh: 'PDF 结构有误' },
  notZip: {
    en: 'End of central directory record signature not found. Either not a zip file, or file is truncated.',
    zh: '不是 ZIP 文件，或文件不完整',
  },
  // Mends and what was left as it stood: mend.ts.
  undecodable: { en: 'a character that cannot be decoded', zh: '不能解码的字符' },
  gloss: { en: '{gloss} is a reading of {text}', zh: '{gloss} 是“{text}”的读音' },
  noGloss: { en: '{gloss} is no reading of {text}', zh: '{gloss} 不是“{text}”的读音' },
  shiftOpen: { en: 'a byte shift; several readings fit', zh: '字节错位，有几种可能的读法' },
  shift: { en: 'a character lost its first byte; its words fit', zh: '一个字丢了首字节，补上后词语通顺' },
  lostOpen: { en: 'a lost character read {gloss}; no one word fits', zh: '缺一个读作 {gloss} 的字，没有唯一合适的词' },
  lost: { en: '{word} is the word that fits the reading {gloss}', zh: '与读音 {gloss} 相合的词是“{word}”' },
  script: { en: 'traditional characters in a simplified text', zh: '简体文中的繁体字' },
});

/** Writers of the notes, as they are kept. */
export const noteWords = table.write;

/** Says a kept note in a language. */
export const sayNote: (kept: string, language: Language) => string = table.say;
