// Words around a noun phrase that are no part of it, and verbs whose phrase restricts what is counted.

/** Link a subject to its number: 比例达到40%, 系数为0.50. */
export const linkWords =
  `还缺 尚缺 仍缺 缺 短缺 尚欠 普遍在 普遍达到 普遍为 均在 都在 一般在 分别达到 分别为 分别是 分别提高到 分别上调至 分别上调到 达到了 达到 要达到 应达到 须达到 高达 多达 低至 首次 只需 仅需 达 均达到 均达 均为 均保持在 保持在 稳定在 控制在 提高到 提高至 提升到 提升至 上调至 上调到 增加到 增加至 增至 增长到 降至 降到 下降到 调整为 核定为 仅为 约为 仅有 仅 只有 各有 均有 约有 为 是 有 共 共有 共计 总计 合计 累计 计 实有 占比 占 不低于 不少于 不高于 不超过 不得低于 不得超过 不足 超过 高于 低于 达 均 约 近 完成 实现 全部 仍 仍然 仍有 还有 分别 分别控制在 均已 由原来的 从原来的 由 从 不得少于 不能低于 不能超过 : ：`
    .split(/\s+/)
    .filter(Boolean);

/** Stand before a noun phrase and are cut from it. */
export const leadingWords =
  `其中 即 目前 现 现有 已 已经 共 累计 先后 全部 每年 今年 去年 明年 常年 每月 当前 全县 全市 全区 全镇 全乡 全校 你单位 你县 你市 你区 你镇 你局 你校 各县区 于 我县 我市 我区 我省 我国 我镇 我乡 我校 该县 该市 该区 该镇 该乡 该校 该园 该项目 本市 本县 本区 本校 本镇 县域内 区域内 全省 同时 并 还 又 再 将 把 对 对于 按照 按 以 向 为 给 从 在 由 用 用于 至少 最高 依法 新 通过 使 让 实现 确保 保障 力争 争取 争取到 预计 计划 拟 依据 根据 进行 进一步 继续 一次性 另外 此外 另有 其余 以及 和 及 与 、 , ， 的 了 地 得 大力 积极 分别 按每 城乡学校 可 能 而 原 原有`
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '城乡学校' && word !== '新');

/** Verbs kept in the subject when they stand before the noun: 新增学位, 新招录教师. */
export const keptVerbs = [
  '新增',
  '新招录',
  '新引进',
  '新招聘',
  '新入职',
  '校园招聘',
  '新录用',
  '达标',
  '参与',
  '受资助',
  '在校',
  '在编',
  '在职',
  '在岗',
  '在园',
  '入学',
  '毕业',
  '招生',
  '培训',
  '交流',
  '轮岗',
  '教研',
  '听课',
  '家访',
  '就业',
  '示范',
  '服务',
  '管理',
  '建设',
  '研修',
  '考核',
  '评价',
  '分配',
  '参加',
  '覆盖',
  '支出',
  '投入',
  '配备',
  '增长',
  '补助',
  '奖励',
  '补充',
  '专任',
  '奖补',
  '体检',
  '救助',
  '资助',
  '设置',
  '分布',
  '建档',
  '检测',
  '监测',
  '认定',
  '安装',
  '完成',
  '巩固',
  '辍学',
  '上岗',
  '满意',
  '升学',
  '录取',
  '及格',
  '优秀',
  '合格',
  '普及',
  '通过',
  '参训',
  '住宿',
  '寄宿',
  '随迁',
  '留守',
  '残疾',
  '财政',
  '编制',
  '实施',
  '使用',
  '规划',
  '设计',
  '开发',
  '发展',
  '改革',
  '信息',
  '教学',
  '科研',
  '活动',
];

/** Verbs that stand before a noun as its attribute and never as a predicate with an object: 在校学生, 综合实践学校. */
export const attributiveVerbs =
  `在校 在编 在职 在岗 在园 在读 在册 在建 实践 综合 独立 寄宿 留守 随迁 配套 规模 示范 试点 指导 辅导 达标 合格 应届 往届 专任 兼职 专职 公办 民办 托管 下派 退休 离休 规上 注册 常住 户籍 流动 返乡 创业 适龄 学龄`
    .split(/\s+/)
    .filter(Boolean);

/** Kept verbs that belong to the noun also where they open the phrase: 新增学位, 参与教师. Others take it as their object: 配备计算机. */
export const openingVerbs =
  `新增 新招录 新引进 新招聘 新入职 新录用 校园招聘 参与 受资助 入学 毕业 招生 交流 轮岗 示范 服务 管理 建设 教研 听课 家访 就业 参训 住宿 残疾 财政 编制 规划 普及 信息 教学 科研 活动 分配 招聘`
    .split(/\s+/)
    .filter(Boolean);

/** Verbs of building behind the thing built: 旱厕改造97个 counts 旱厕. */
export const buildingVerbs = ['改造', '新建', '改建', '扩建', '改扩建', '新改扩建', '维修', '加固', '拆除'];

/** Verbs whose object is what money was spent on. */
export const objectVerbs =
  `建设 实施 新建 改造 完成 购置 装备 维修 提升 改善 更新 支持 用于 开展 推进 配备 建成 改扩建 改建 扩建 完善 奖励 补助 发放 安装 启动 打造 设立 修建 采购 购买 添置 铺设 硬化 资助 扶持 加固 购入`
    .split(/\s+/)
    .filter(Boolean);

/** Levels of government that stand alone for a thing of that level: 市级12人. */
export const administrativeLevels = [
  '国家级',
  '省部级',
  '省级',
  '地市级',
  '市级',
  '区级',
  '县级',
  '镇级',
  '乡级',
  '村级',
  '校级',
];

/** Nouns that a subject may be reduced to when a later figure speaks of some of them. */
export const commonHeads =
  `教师 学生 学校 家长 校长 园长 干部 教职工 幼儿 儿童 班主任 人员 职工 居民 农民 农户 群众 企业 项目 党员 村 户 幼儿园 小学 初中 高中`
    .split(/\s+/)
    .filter(Boolean);

/** A predicate that opens with one of these tells which things are counted: 入选…的班主任. */
export const restrictingVerbs = [
  '交流轮岗',
  '随班就读',
  '送教',
  '考入',
  '交流',
  '轮岗',
  '入选',
  '获评',
  '荣获',
  '获得',
  '获',
  '分配',
  '分到',
  '实习',
  '进行',
  '被评',
  '被认定',
  '通过',
  '参与',
  '参加',
  '到',
  '在',
  '核定',
  '考取',
  '取得',
  '直接分配',
  '用于',
  '投入使用',
  '列入',
  '纳入',
  '安排',
  '前往',
  '赴',
  '达到',
  '变为',
  '转为',
  '成为',
  '改为',
  '升格',
  '返乡',
  '就读',
  '享受',
  '面向',
];

/** Rates and shares that say nothing without what came before. */
export const bareRates = [
  '入学率',
  '巩固率',
  '毛入学率',
  '净入学率',
  '参与率',
  '覆盖率',
  '达标率',
  '完成率',
  '合格率',
  '满意率',
  '满意度',
  '升学率',
  '辍学率',
  '录取率',
  '普及率',
  '优秀率',
  '及格率',
  '占比',
  '比例',
  '分配比例',
];
