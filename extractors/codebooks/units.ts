// The units that a codebook may name. A plain table; a test holds it against the units that the grammar can read.
import type { Dimension } from '../../src/model/record.js';

/** Units that are measured, by dimension. `1` stands for ratios, multiples and coefficients. */
export const measuredUnits: Readonly<Record<Exclude<Dimension, 'count'>, readonly string[]>> = {
  money: ['CNY', 'USD', 'HKD', 'EUR', 'JPY', 'GBP'],
  ratio: ['1'],
  multiple: ['1'],
  coefficient: ['1'],
  area: ['m2', '亩'],
  length: ['m'],
  duration: ['年', '月', '周', '天', '工作日', '小时', '分钟', '秒', '周岁', '岁', '周年', '学期', '学年', '季度'],
  other: ['百分点', '兆', 'G', '吨', 'kg', '斤', 'g', '升', '千瓦时', '千瓦', '℃', '分', '级'],
};

/** Measure words and nouns that count. */
export const countingUnits: ReadonlySet<string> = new Set(
  (
    '个 所 名 人 人次 人份 人天 万人次 人日 位 套 册 台 张 间 栋 幢 座 块 片 条 处 家 户 场 场次 课次 车次 户次 校次 班次 例次 批次 ' +
    '次数 件次 频次 次 批 期 届 门 种 类 项 节 支 份 篇 部 本 件 辆 盏 幅 枚 棵 株 艘 枝 封 宗 眼 尊 把 组 班 层 级 轮 对 员 款 面 根 ' +
    '头 只 口 箱 袋 盒 桶 瓶 罐 包 捆 筐 副 双 床 架 例 笔 起 则 首 集 档 路 排 列 行 圈 孔 井 方面 大类 小类 层面 层次 维度 环节 ' +
    '阶段 名次 席 席位 针 剂 床位 票 课 题 字 句 页 章 卷 校 站 站点 网点 点位 棚 池 坝 堤 镇 乡 街道 乡镇 镇街 县 村 社区 学时 课时 ' +
    '吨'
  ).split(' '),
);

/** Whether a codebook may give `unit` to an indicator of `dimension`. */
export function isKnownUnit(dimension: Dimension, unit: string): boolean {
  return dimension === 'count' ? countingUnits.has(unit) : measuredUnits[dimension].includes(unit);
}
