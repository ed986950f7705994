// Words that name a stage of schooling. Longer words are found first, so 中小学 is no 小学.
import type { Stage } from '../../src/model/record.js';

const table = (words: string, ...stages: Stage[]): [string, readonly Stage[]][] =>
  words.split(/\s+/).map((word) => [word, stages]);

/** An empty list means: the word holds a stage word but names no stage. */
export const stageWords: readonly (readonly [string, readonly Stage[]])[] = [
  ...table(
    '学前 学前教育 幼儿园 幼儿 幼教 保教 托幼 入园 毛入园率 普惠园 配套园 示范园 公办园 民办园 建制园 幼儿教师 园所',
    'preschool',
  ),
  ...table('小学 完全小学 完小 村小 村完小 村小学 教学点 小学生 小学段 小学部 小学阶段', 'primary'),
  ...table('初中 初级中学 初中生 初中段 初中部 初中阶段 独立初中 中考', 'junior'),
  ...table('义务教育 义务教育阶段 义务教育段 九年一贯制 九年义务教育 义教', 'compulsory'),
  ...table('高中 普通高中 优质高中 高中阶段 高中生 高考 普高 高级中学', 'senior'),
  ...table('职业教育 中等职业 中职 职教 职业学校 职业学院 高职 技工学校 职业高中 职高 现代学徒 技师学院', 'vocational'),
  ...table(
    '特殊教育 特教 残疾儿童 残疾学生 残疾儿童少年 残疾儿童义务教育 残疾儿童少年义务教育 残疾学生义务教育 残疾人义务教育 随班就读 送教上门 残疾少年',
    'special',
  ),
  ...table('中小学 中小学校 中小学生', 'primary', 'junior', 'senior'),
  ...table('完全中学', 'junior', 'senior'),
  ...table('高完中', 'senior'),
  ...table('其中小学', 'primary'),
  ...table('其中中小学', 'primary', 'junior', 'senior'),
  ...table('十二年一贯制', 'primary', 'junior', 'senior'),
  ...table('一年级 二年级 三年级 四年级 五年级 六年级', 'primary'),
  ...table('七年级 八年级 九年级 初一 初二 初三 初中一年级 初中二年级 初中三年级', 'junior'),
  ...table('高一 高二 高三 高中一年级 高中二年级 高中三年级', 'senior'),
  ...table('配套园区 示范园区'),
  ...table('村小规模 村小微 村小班 村小而'),
  ...table('开学前 入学前 放学前 上学前 学前来'),
  // Two words that meet: 在职 and 教职工, 确保 and 教育.
  ...table('确保教育 确保教师 确保教学 确保教研 保障教育 保障教师'),
  ...table('在职教职工 在职教师 在职教育 全职教师'),
  ...table('中小学幼儿园 中小学及幼儿园 中小学（幼儿园） 大中小学 大中小幼 各级各类学校 全学段'),
  // Schools of all kinds, kindergartens among them.
  ...table(
    '各级各类学校、幼儿园 各类学校、幼儿园 各类学校和幼儿园 各级各类学校和幼儿园 各级各类学校及幼儿园 学生幼儿 学生、幼儿 师生幼儿 学生和幼儿',
  ),
];

/** Subjects that belong to no stage whatever the heading says. */
export const stageless = [
  '人口',
  '镇',
  '街道',
  '街道办事处',
  '乡镇',
  '乡',
  '村',
  '社区',
  '国土面积',
  '区域面积',
  '生产总值',
  '财政收入',
];
