// Personal data taken out of exported texts: numbers by which a person is reached or known (telephones, identity cards, mail), and names
// that stand beside a title or behind a label (联系人:张三, 李四局长). A name that stands alone is not told from other words: this lowers what
// a table tells of persons, and is no proof that it tells nothing (个人信息保护法 art. 73: de-identified is not anonymous). A family name with a
// title alone (王局长) stays.
import nodejieba from 'nodejieba';
import type { Column, Table, Value } from './table.js';

const name = '〔隐名〕';
const number = '〔隐号〕';

/** Family names: the hundred commonest (Ministry of Public Security, 2020), some more that titles often follow, and double ones. */
const family =
  '(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|慕容|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝])';
const given = '[\\u4e00-\\u9fff]';
const title =
  '(?:同志|先生|女士|老师|教师|校长|副校长|园长|局长|副局长|县长|副县长|区长|副区长|市长|副市长|书记|副书记|主任|副主任|科长|股长|处长|院长|教授|研究员|记者|同学)';
const label =
  '(?:联系人|经办人|负责人|责任人|作者|记者|通讯员|撰稿|供稿|编辑|责任编辑|责编|审核|审核人|校对|摄影|签发人|签发|受访者|姓名|局长|副局长|校长|县长|副县长|书记|主任)';

/** In this order: a mail address may hold a telephone number. */
const patterns: readonly [pattern: RegExp, replaced: string][] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, number],
  // An identity card (GB 11643), a mobile number, one with an area code, one of a service, and whatever is called a telephone.
  [/(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)/g, number],
  [/(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.]|[万亿]?[元人名])/g, number],
  [/(?<![\d.])[(（]?0\d{2,3}[)）]?[-－—– ]?\d{7,8}(?:[-－转]\d{1,5})?(?![\d.%])/g, number],
  [/(?<!\d)[48]00[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)/g, number],
  [/(?<=(?:电话|手机|热线|传真|联系方式|微信|QQ|号码)(?:号码?)?[:：为是]?\s*)\d[\d\- ]{5,14}\d/gi, number],
  [
    new RegExp(
      `(?<=${label}\\s*[:：]\\s*)${family}${given}{1,2}(?:[、,，\\s]${family}${given}{1,2})*(?!${given})`,
      'g',
    ),
    name,
  ],
];

const besideTitle = new RegExp(`${family}${given}{1,2}(?=${title})`, 'g');

/** Whether jieba takes it for a name, or for no word at all: 高中教师 and 常务副县长 name nobody. */
const isName = (words: string): boolean => nodejieba.tag(words).every(({ tag }) => tag === 'nr' || tag === 'x');

/** A text without what is known here. Figures, dates and document numbers stay. */
export const redacted = (text: string): string =>
  patterns
    .reduce((rest, [pattern, replaced]) => rest.replace(pattern, replaced), text)
    .replace(besideTitle, (words) => (isName(words) ? name : words));

/** Columns that hold a person's name and nothing else. */
const persons: ReadonlySet<string> = new Set(['author', 'reviewer']);

/** The table with its texts redacted, row by row. */
export function redactedTable(table: Table): Table {
  const change = ({ name: column, type }: Column): ((value: Value) => Value) => {
    if (persons.has(column)) return (value) => (value === null ? null : name);
    return type === 'text' ? (value) => (typeof value === 'string' ? redacted(value) : value) : (value) => value;
  };
  const changes = table.columns.map(change);
  async function* pages(): AsyncGenerator<Value[][]> {
    for await (const page of table.pages) yield page.map((row) => row.map((value, at) => changes[at]!(value)));
  }
  return { ...table, pages: pages() };
}
