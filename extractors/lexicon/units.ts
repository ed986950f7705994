// Units and measure words: what a number may be followed by, and what it then measures. A unit is a dimension, a base unit and
// a factor to it; a measure word is kept as written. `not` lists the continuations that make it part of another word (三名师 is
// no three), `yet` the longer ones that are harmless after all (名师 no, 名师生 yes).
import type { Dimension } from '../../src/model/record.js';

export interface Unit {
  dimension: Dimension;
  /** Base unit of the record. */
  unit: string;
  /** Multiplies the number into the base unit; a power of ten is written as such to keep decimals exact. */
  factor: number;
  /** Usually an enumerator that nobody tabulates. */
  minor?: boolean;
}

interface Row extends Unit {
  words: string;
  not?: string;
  yet?: string;
}

/** Words are parted by white space. */
const rows: readonly Row[] = [
  // Money. 万元 and 亿元 are scale and 元.
  {
    words: '元 圆 元整 圆整 元人民币 块钱',
    dimension: 'money',
    unit: 'CNY',
    factor: 1,
    not: '元旦 元素 元月 元件 元宵 元老 元化 元主导 元一体 元结构 元共治 元评价 元并举 元协同 元论 元融合 元治理',
    yet: '',
  },
  { words: '角 角钱', dimension: 'money', unit: 'CNY', factor: 0.1, not: '角度 角色 角落 角形 角星' },
  { words: '分钱', dimension: 'money', unit: 'CNY', factor: 0.01 },
  { words: '美元', dimension: 'money', unit: 'USD', factor: 1 },
  { words: '港元 港币', dimension: 'money', unit: 'HKD', factor: 1 },
  { words: '欧元', dimension: 'money', unit: 'EUR', factor: 1 },
  { words: '日元', dimension: 'money', unit: 'JPY', factor: 1 },
  { words: '英镑', dimension: 'money', unit: 'GBP', factor: 1 },
  // Shares.
  { words: '% ％ ﹪ 个百分比', dimension: 'ratio', unit: '1', factor: 0.01 },
  { words: '‰', dimension: 'ratio', unit: '1', factor: 0.001 },
  {
    words: '成',
    dimension: 'ratio',
    unit: '1',
    factor: 0.1,
    not: '成立 成为 成效 成果 成员 成绩 成长 成功 成本 成就 成熟 成人 成年 成都 成分 成品 成套 成份 成片 成群 成批 成了 成队 成功率 成建制',
    yet: '成员工 成人口 成人员 成本地 成群众',
  },
  { words: '折', dimension: 'ratio', unit: '1', factor: 0.1, not: '折合 折射 折算 折叠 折旧 折返 折弯 折腾 折子 折线' },
  { words: '个百分点 百分点 个点', dimension: 'other', unit: '百分点', factor: 1 },
  // Multiples. 番 is handled by its own rule.
  { words: '倍', dimension: 'multiple', unit: '1', factor: 1, not: '倍增 倍数 倍感 倍加' },
  // Areas. 亩 is kept.
  { words: '平方米 平米 ㎡ m² m2 M² M2 平方', dimension: 'area', unit: 'm2', factor: 1 },
  { words: '平方公里 平方千米 km² km2 k㎡', dimension: 'area', unit: 'm2', factor: 1e6 },
  { words: '公顷', dimension: 'area', unit: 'm2', factor: 1e4 },
  { words: '亩', dimension: 'area', unit: '亩', factor: 1, not: '亩均' },
  // Lengths.
  {
    words: '米 m',
    dimension: 'length',
    unit: 'm',
    factor: 1,
    not: '米饭 米线 米面 米粉 米栏 米跑 米短跑 米长跑 米赛 米比赛 米决赛 米接力 米自由泳 米仰泳 米蛙泳 米蝶泳 米混合泳 米往返跑 米气步枪 米跳台 米跳板 米跨栏',
  },
  { words: '公里 千米 km KM', dimension: 'length', unit: 'm', factor: 1000 },
  { words: '厘米 公分 cm CM', dimension: 'length', unit: 'm', factor: 0.01 },
  { words: '毫米 mm MM', dimension: 'length', unit: 'm', factor: 0.001 },
  { words: '华里', dimension: 'length', unit: 'm', factor: 500 },
  { words: '英里', dimension: 'length', unit: 'm', factor: 1609.344 },
  { words: '微米', dimension: 'length', unit: 'm', factor: 1e-6 },
  { words: '纳米', dimension: 'length', unit: 'm', factor: 1e-9, not: '纳米材料 纳米科技 纳米技术' },
  // Durations. Which of them are norms is decided by the rules.
  {
    words: '年',
    dimension: 'duration',
    unit: '年',
    factor: 1,
    not: '年级 年度 年龄 年代 年均 年制 年段 年初 年底 年末 年终 年会 年检 年限 年味 年轻 年货 年报 年鉴 年一贯 年义务 年行动 年规划 年计划 年发展 年攻坚 年提升 年纲要 年方案 年目标 年制义务 年巩固率 年保有 年毛入 年高考 年中考 年中 年春 年秋 年夏 年冬 年寒 年暑',
  },
  { words: '个月', dimension: 'duration', unit: '月', factor: 1 },
  {
    words: '周 个星期 星期',
    dimension: 'duration',
    unit: '周',
    factor: 1,
    not: '周年 周边 周到 周末 周围 周期 周一 周二 周三 周四 周五 周六 周日',
  },
  {
    words: '天',
    dimension: 'duration',
    unit: '天',
    factor: 1,
    not: '天然 天津 天气 天窗 天文 天下 天才 天使 天台 天水 天门',
  },
  { words: '日', dimension: 'duration', unit: '天', factor: 1, not: '日子 日常 日前 日报 日本 日照 日益 日均 日志' },
  { words: '个工作日 工作日 个交易日', dimension: 'duration', unit: '工作日', factor: 1 },
  { words: '小时 个小时 个钟头 钟头', dimension: 'duration', unit: '小时', factor: 1 },
  { words: '分钟', dimension: 'duration', unit: '分钟', factor: 1 },
  { words: '秒 秒钟', dimension: 'duration', unit: '秒', factor: 1 },
  { words: '周岁', dimension: 'duration', unit: '周岁', factor: 1, minor: true },
  { words: '岁', dimension: 'duration', unit: '岁', factor: 1, minor: true },
  { words: '周年', dimension: 'duration', unit: '周年', factor: 1, minor: true },
  { words: '个学期 学期', dimension: 'duration', unit: '学期', factor: 1 },
  { words: '个学年 学年', dimension: 'duration', unit: '学年', factor: 1 },
  { words: '个季度', dimension: 'duration', unit: '季度', factor: 1, minor: true },
  // Data rates, weights, energy, scores.
  { words: '兆 M Mbps MB 兆比特 Mbps/s', dimension: 'other', unit: '兆', factor: 1, not: '兆丰' },
  { words: 'G Gbps GB', dimension: 'other', unit: 'G', factor: 1 },
  { words: '度电', dimension: 'other', unit: '千瓦时', factor: 1 },
  { words: '摄氏度 ℃ °C', dimension: 'other', unit: '℃', factor: 1 },
  {
    words: '分',
    dimension: 'other',
    unit: '分',
    factor: 1,
    not: '分别 分钟 分布 分配 分析 分类 分管 分校 分层 分步 分为 分期 分年 分学 分区 分组 分级 分包 分到 分给 分园 分局 分院 分会 分馆 分批 分成 分子 分母 分数 分段 分解 分发 分散 分部 分公司 分流 分之',
  },
  // Teaching hours are counts in the annotation.
  { words: '学时 个学时', dimension: 'count', unit: '学时', factor: 1 },
  { words: '课时 个课时', dimension: 'count', unit: '课时', factor: 1 },
];

/** Measured things whose unit a record keeps as written: weights, volumes, energy, data, force. */
const asWritten: readonly { words: string; not?: string; yet?: string }[] = [
  { words: '吨 公吨 吨标准煤 吨标煤 公斤 千克 kg 毫克 微克 mg 斤 市斤' },
  { words: '克 g', not: '克服 克隆 克拉 克难 克里 克己 克扣 克制' },
  { words: '立方米 立方 m³ 公升 毫升 mL ml L' },
  { words: '升', not: '升学 升级 升入 升至 升到 升高 升为 升国 升旗 升降 升温 升值 升格 升华 升起 升本' },
  { words: '千瓦时 kWh KWh 瓦 千瓦 兆瓦 吉瓦 kW MW GW 伏 千伏 kV 伏安 千伏安 安培 马力 焦耳 千卡 大卡 卡路里' },
  { words: '比特 字节 千字节 赫兹 兆赫 兆赫兹 千赫 吉赫 TB KB PB' },
  { words: '度', not: '度假 度过 度数 度量 度日 度夏 度汛' },
  { words: '帕 兆帕 千帕 牛顿 英寸 mAh 分贝 dB 流明 lx 像素 万像素 海里 微克/立方米 毫克/升 毫克/立方米 μg/m³' },
];

/** Measure words and nouns that serve as such: the unit is the word as written. */
const measureWords: readonly { words: string; not?: string; yet?: string; minor?: boolean }[] = [
  { words: '个', not: '个体户 个体工商 个体经营 个税' },
  { words: '所', not: '所长' },
  {
    words: '名',
    not: '名师 名校 名牌 名单 名录 名额 名称 名誉 名列 名工程 名园 名班 名优 名义 名著',
    yet: '名师生 名师范 名师傅 名校长 名校级 名校医 名校外 名校友 名校园 名校车 名校领导 名校内 名校警 名名师 名名校 名班主任 名班子 名班长 名班组 名园长 名优秀 名优质 名优生 名优等 名优抚 名单位 名单身 名录取 名录用 名列入 名义工 名义务',
  },
  {
    words: '人',
    not: '人民 人才 人员 人大代 人大常 人大会 人大机 人大主 人均 人事部 人事处 人事科 人事局 人力资源 人力社 人物 人工智能 人工湖 人工费 人士 人社局 人社部 人防 人文素 人文精 人文关 人格 人类 人间 人群 人家',
    yet: '人员额 人均为 人均达 人均获 人均通过 人均合格 人均已 人均有 人均参加 人均按 人均是 人均在',
  },
  { words: '人次 人份 人天 万人次 人日' },
  { words: '位', not: '位于 位置 位居 位列 位次 一体', yet: '' },
  { words: '套', not: '套餐 套路 套班' },
  { words: '册 册次' },
  { words: '台', not: '台账 台阶 台湾 台州 台风' },
  { words: '张', not: '张家 张掖' },
  { words: '间', not: '间接 间隔 间谍' },
  { words: '栋 幢 座', not: '座谈 座位 座右' },
  { words: '块', not: '块状' },
  { words: '片', not: '片区 片段 片面', yet: '' },
  { words: '条', not: '条件 条例 条款 条约' },
  { words: '处', not: '处理 处于 处罚 处分 处置 处级 处室' },
  { words: '家', not: '家长 家庭 家乡', yet: '家长学校 家长期 家庭农场 家庭教育指导 家庭学校' },
  { words: '户', not: '户籍 户均', yet: '户均已 户均为 户均达 户均有 户均通' },
  { words: '场', not: '场地 场馆 场所 场景 场次', yet: '场地震 场所有' },
  { words: '场次 课次 车次 户次 校次 个次 所次 家次 班次 例次 批次 次数 件次 频次' },
  { words: '次', not: '次生 次日 次年 次性 次要' },
  { words: '批', not: '批准 批评 批复 批改 批示 批次 批量', minor: true },
  { words: '期', not: '期间 期末 期中 期待 期望 期限', minor: true },
  { words: '届', minor: true },
  { words: '门', not: '门类 门槛 门口 门户 门前' },
  { words: '种', not: '种植 种子 种养', yet: '种植物 种子类', minor: false },
  { words: '类', not: '类别 类似', minor: true },
  { words: '项', not: '项目', yet: '项目标', minor: false },
  { words: '节', not: '节约 节假 节能 节日 节点 节庆 节水' },
  {
    words: '支',
    not: '支持 支教 支部 支出 支付 支撑 支援',
    yet: '支部队 支教师 支教学 支教研 支教育 支持续 支援藏 支援疆 支援鄂 支援建',
  },
  { words: '份', not: '份额' },
  { words: '篇', not: '篇章' },
  { words: '部', not: '部门 部分 部署 部委 部属 部队 部级 部长' },
  { words: '本', not: '本科 本地 本校 本土 本市 本县 本区 本级 本人 本次 本年 本着 本身', yet: '本地方' },
  { words: '件', not: '件套' },
  { words: '辆 盏 幅 枚 棵 株 艘 枝 封 宗 眼 尊 枚' },
  { words: '把', not: '把握 把关 把好 把手 把教' },
  { words: '组', not: '组织 组建 组长 组成 组团 组合', yet: '' },
  { words: '班', not: '班级 班额 班主 班子 班班 班会 班费 班制' },
  { words: '层', not: '层次 层级 层面 层层', minor: true },
  { words: '级', not: '级别 级联', minor: true },
  { words: '轮', not: '轮岗 轮换 轮训 轮流', yet: '轮训练' },
  {
    words: '对',
    not: '对于 对口 对接 对照 对标 对外 对应 对全 对学 对教 对每 对各 对农 对贫 对违 对接 对象 对比 对一 对在 对所 对家',
  },
  { words: '员', not: '员工 员会' },
  { words: '款', not: '款项 款式' },
  { words: '面', not: '面向 面积 面对 面临 面貌 面试 面授 面上 面部' },
  { words: '根', not: '根据 根本' },
  { words: '头', not: '头脑' },
  { words: '只', not: '只有 只能 只要 只增 只是' },
  { words: '口', not: '口径 口号 口碑 口岸 口语' },
  { words: '箱 袋 盒 桶 瓶 罐 包 捆 筐', not: '包括 包含 包保 包联 包装 包村 包校 包干 包抓' },
  { words: '副', not: '副校 副主 副县 副市 副区 副书' },
  { words: '双', not: '双减 双语 双向 双师 双休 双创 双线' },
  { words: '床' },
  { words: '架', not: '架构 架设' },
  { words: '例' },
  { words: '笔', not: '笔试 笔者' },
  { words: '起', not: '起草 起始 起步 起到 起点 起来 起降 起飞 起重' },
  { words: '则', not: '则是' },
  { words: '首', not: '首先 首批 首次 首家 首个 首位 首府' },
  { words: '集', not: '集团 集中 集体 集合 集镇' },
  { words: '档', not: '档次 档案', minor: true },
  { words: '路', not: '路径 路由 路线 路面' },
  { words: '排', not: '排名 排查 排列 排放 排CT 排螺旋' },
  { words: '列', not: '列入 列车 列为' },
  { words: '行', not: '行业 行动 行政 行为 行列 行列' },
  { words: '圈', not: '圈层' },
  { words: '孔 井' },
  { words: '方面', minor: true },
  { words: '大类 小类' },
  { words: '层面 层次 维度 环节 阶段', minor: true },
  { words: '名次', minor: true },
  { words: '席', not: '席位' },
  { words: '席位' },
  { words: '针 剂 剂次 针次 例次 床位 个床位 座次' },
  { words: '票', not: '票据 票价' },
  { words: '课', not: '课程 课堂 课后 课外 课题 课间 课本 课业' },
  { words: '题', not: '题目 题材' },
  { words: '字', not: '字样 字体' },
  { words: '句' },
  { words: '页' },
  { words: '章', not: '章程' },
  { words: '卷', not: '卷入' },
  { words: '校', not: '校长 校园 校舍 校区 校级 校际 校本 校外 校内 校车 校企 校服 校训 校风 校干 校址 校门' },
  { words: '站', not: '站点 站位 站台' },
  { words: '站点 网点 点位' },
  { words: '棚 池 坝 堤 轨 站次 趟 班次' },
  { words: '镇', not: '镇区 镇街 镇域 镇级 镇政' },
  { words: '乡', not: '乡镇 乡村 乡土 乡亲' },
  { words: '街道 乡镇 镇街' },
  { words: '县', not: '县城 县级 县域 县委 县政 县管 县内 县直 县区', yet: '' },
  { words: '村', not: '村级 村民 村校 村委 村庄 村小' },
  { words: '社区', not: '社区教育' },
];

/** Words that follow a number though it counts nothing of its own: 两大联盟 is two (个). */
export const bareBig: Unit = { dimension: 'count', unit: '个', factor: 1, minor: true };

const split = (words: string | undefined): string[] => (words ?? '').split(/\s+/).filter((word) => word !== '');

/** What stands behind a unit word in the trie: the unit and how long the word is, or a block (null). */
export interface UnitEntry {
  unit: Unit | null;
  length: number;
}

/** All words that may follow a number, with what they mean; blocked continuations have a null unit unless they are units too. */
export function unitEntries(): [string, UnitEntry][] {
  const entries: [string, UnitEntry][] = [];
  for (const row of [...rows, ...asWritten, ...measureWords])
    for (const word of split(row.not)) entries.push([word, { unit: null, length: word.length }]);
  const add = (row: { words: string; not?: string; yet?: string }, unitOf: (word: string) => Unit) => {
    for (const word of split(row.yet)) {
      const base = split(row.words).find((known) => word.startsWith(known));
      if (base) entries.push([word, { unit: unitOf(base), length: base.length }]);
    }
    for (const word of split(row.words)) entries.push([word, { unit: unitOf(word), length: word.length }]);
  };
  for (const row of rows) add(row, () => row);
  for (const row of asWritten) add(row, (word) => ({ dimension: 'other', unit: word, factor: 1 }));
  for (const row of measureWords) {
    add(row, (word) => ({
      dimension: 'count',
      unit: word.startsWith('个') && word.length > 1 ? '个' : word,
      factor: 1,
      ...(row.minor ? { minor: true } : {}),
    }));
  }
  return entries;
}
