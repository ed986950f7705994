// Words around names of places: what their names end with, what makes a name a word of another kind, and pronouns.

/** Peoples in the names of autonomous units, longest first where one ends with another. */
export const peoples = (
  '土家族 哈尼族 哈萨克族 傈僳族 布依族 朝鲜族 拉祜族 东乡族 纳西族 景颇族 柯尔克孜族 达斡尔族 仫佬族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 ' +
  '阿昌族 普米族 塔吉克族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 蒙古族 维吾尔族 ' +
  '回族 藏族 苗族 彝族 壮族 满族 侗族 瑶族 白族 傣族 黎族 佤族 畲族 水族 土族 羌族 怒族 京族 各族 哈萨克 塔吉克 锡伯 蒙古 柯尔克孜'
).split(' ');

/** Names of districts that are common nouns too: they name a unit only right behind the name of its prefecture. */
export const genericNames: ReadonlySet<string> = new Set(
  '城区 郊区 矿区 新城区 老城区 城中区 市中区 城关区 城东区 城西区 城北区 东区 西区 南区 北区 港口区 开发区 新区 江南区 龙港区 城厢区'.split(
    ' ',
  ),
);

/** Characters behind a name that turn it into a word of another kind: 威海市级, 淄川区域, 乳山市场. */
export const notBehindName = /^[级场域间别]/;

/** What stands before a name that is met, helped or learnt from, and does not speak itself. */
export const notBeforeSubject =
  /(?:赴|到|向|与|和|同|对|对口支援|支援|援助|帮扶|学习|考察|借鉴|来自|毗邻|代表|在|从|由|至|去|往|及)$/;

/** What may stand before a name in the place of the subject. */
export const leadsSubject =
  /(?:^|[。！？!?;；:：,，、\n\s　(（])(?:其中|目前|截至目前|今年|去年|近年来|同时|此外|例如|比如|如|以|而|又如)?[,，、:：]?[\s　]*$/;

/** 我市, 全县, 该区 … and the kind of unit they stand for. */
export const pronouns: readonly (readonly [word: string, kind: string])[] = [
  '市',
  '县',
  '区',
  '旗',
  '州',
  '省',
].flatMap((kind) => ['我', '全', '本', '该'].map((first) => [first + kind, kind] as const));

/** What makes a pronoun part of another word: 全市场, 全区域, 全县域. */
export const notBehindPronoun = /^(?:[级场域]|上下|率先|首|第|唯一|前列|领先|推广|平均|交流)/;
