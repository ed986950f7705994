import { describe, expect, it } from 'vitest';
import { compileCodebook, extract, loadCodebook } from '../../../extractors/index.js';
import type { Genre } from '../../../src/model/document.js';
import { documentOf } from '../../helpers/document.js';

const education = compileCodebook(loadCodebook());

const practicesOf = (text: string, genre: Genre = 'news') =>
  extract(documentOf(text, { genre, publishedIso: '2024-01-05' }), education, 'x').practices;

/** Texts of our own with the practices that they report. */
const cases: readonly (readonly [genre: Genre, text: string, practices: string])[] = [
  ['news', '全县组建教育集团9个,带动成员校36所。', 'school_group_operation:done'],
  ['other', '我们组织人员赴邻县考察办学改革,该县组建教育集团11个。', 'school_group_operation:mentioned'],
  ['other', '考察组前来观摩,我县组建教育集团11个。', 'school_group_operation:done'],
  ['news', '该县计划明年启动县管校聘改革。', 'county_managed_teacher_posts:planned'],
  ['news', '作为全省首批试点县,该县先行先试推进教师县管校聘改革。', 'county_managed_teacher_posts:piloted'],
  ['work_summary', '推进集团化办学试点工作,组建教育集团3个。', 'school_group_operation:piloted'],
  ['news', '深化教师交流轮岗,全年交流教师120名。', 'teacher_rotation:done'],
  ['news', '严格落实阳光分班,邀请家长代表现场监督。', 'transparent_class_assignment:done'],
  ['news', '坚持免试就近入学,实行义务教育学校划片招生。', 'zoned_exam_free_admission:done'],
  ['news', '开通入学服务平台,实现报名一网通办。', 'sunshine_admission_platform:done'],
  ['news', '将优质高中招生名额的60%分配到初中学校。', 'senior_high_quota_allocation:done'],
  ['news', '持续巩固双减成果,规范校外培训机构120家。', 'double_reduction:done'],
  ['news', '建立作业公示制度,严控作业总量。', 'homework_management:done'],
  ['news', '课后服务实现全覆盖。', 'after_school_service:done'],
  ['news', '落实控辍保学责任,劝返复学学生12人。', 'dropout_control:done'],
  ['news', '为38名重度残疾儿童送教上门。', 'home_delivered_teaching:done'],
  ['news', '建设资源教室21间,推进融合教育。', 'inclusive_education:done'],
  ['news', '建成留守儿童之家45所,开展结对关爱。', 'left_behind_children_care:done'],
  ['news', '保障进城务工人员随迁子女平等入学。', 'migrant_children_schooling:done'],
  ['news', '发放助学金320万元,资助困难学生2300人次。', 'student_financial_aid:done'],
  ['news', '聘请责任督学26名,实现挂牌督导全覆盖。', 'inspector_plate_supervision:done'],
  ['news', '签订目标责任书,对落实不力的单位实行问责。', 'accountability_and_veto:done'],
  ['news', '成立由县长任组长的工作领导小组。', 'leading_group:done'],
  ['news', '建设同步课堂教室36间,常态开展专递课堂。', 'three_classrooms:done'],
  ['news', '成立片区教研共同体12个。', 'online_and_area_research:done'],
  ['news', '设立名师工作室18个。', 'master_teacher_studios:done'],
  ['news', '完善教师梯队培养体系。', 'tiered_teacher_development:done'],
  ['news', '实施青蓝工程,师徒结对210对。', 'mentor_apprentice:done'],
  ['news', '全年公开招聘教师96名。', 'teacher_recruitment:done'],
  ['news', '招募银龄教师15名到乡村学校任教。', 'support_and_silver_teachers:done'],
  ['news', '新建教师周转房120套。', 'teacher_housing:done'],
  ['news', '乡村教师生活补助每月提高到600元。', 'pay_and_rural_allowance:done'],
  ['news', '职称评聘向乡村教师倾斜。', 'rural_title_preference:done'],
  ['news', '统筹使用编制,动态调整编制86名。', 'staffing_adjustment:done'],
  ['news', '探索小班化教学改革。', 'small_class_teaching:piloted'],
  ['news', '化解大班额取得实效,超大班额清零。', 'large_class_elimination:done'],
  ['news', '优化学校布局,撤并教学点7个。', 'school_layout_adjustment:done'],
  ['news', '新建学校3所、改扩建学校5所。', 'school_construction:done'],
  ['news', '力争年底前建成投用3所学校。', 'school_construction:planned'],
  ['news', '实施薄弱学校改造项目14个。', 'weak_school_improvement:done'],
  ['news', '投入960万元更新教学仪器设备。', 'equipment_upgrade:done'],
  ['news', '建成智慧校园18所。', 'smart_campus:done'],
  ['news', '推进大中小学思政课一体化建设。', 'whole_environment_moral_education:done'],
  ['news', '推行学生成长导师制度。', 'student_mentor_system:done'],
  ['news', '形成一校一品办学格局。', 'school_characteristics:done'],
  ['news', '举办家庭教育讲座46场。', 'family_education:done'],
  ['news', '开展万师访万家活动。', 'home_visits:done'],
  ['news', '规范民办义务教育发展,完成民转公3所。', 'private_school_regulation:done'],
  ['news', '推进教育评价改革,实行增值评价。', 'evaluation_reform:done'],
  ['news', '群众满意度调查得分居全市前列。', 'satisfaction_survey:done'],
  ['news', '校园安全专项整治扎实推进。', 'campus_safety:done'],
  ['news', '建成研学基地6处。', 'practice_education_base:done'],
  ['news', '城区学校与乡村学校结对帮扶23对。', 'urban_rural_school_pairing:done'],
  ['news', '实施强镇筑基行动,办好镇驻地学校。', 'strong_town_foundation:done'],
  ['news', '开展暑期全员培训,教师参训率100%。', 'all_staff_training:done'],
  ['news', '全县粮食总产量46万吨,新建高标准农田3.2万亩。', ''],
  ['news', '公司组建产业集团,公开招聘员工60人。', ''],
  ['news', '县医院对口帮扶乡镇卫生院5家。', ''],
  ['news', '新建安置房860套,改造老旧小区12个。', ''],
  ['news', '群众对政务服务的评价持续提升。', ''],
  ['news', '教师节当天,县领导慰问了教师代表。', ''],
  ['news', '目前仍存在大班额问题,城区学位不足。', 'large_class_elimination:mentioned'],
  ['news', '教师编制紧缺,县管校聘改革有待深化。', 'county_managed_teacher_posts:mentioned'],
  ['notice_plan', '各校要落实课后服务,完善作业管理。', 'after_school_service:planned homework_management:planned'],
];

describe('practices in our own words', () => {
  it.each(cases)('%s: %s', (genre, text, practices) => {
    const found = practicesOf(text, genre).map(({ practice, status }) => `${practice}:${status}`);
    expect(found.sort().join(' ')).toBe(practices);
  });

  it('cover every practice of the codebook', () => {
    const covered = new Set(cases.flatMap(([, , practices]) => practices.split(' ').map((each) => each.split(':')[0])));
    expect(education.codebook.practices.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe('the status of a practice', () => {
  const status = (text: string, practice: string, genre: Genre = 'news') =>
    practicesOf(text, genre).find((each) => each.practice === practice)?.status;

  it('is done where one sentence plans it and another has done it', () => {
    expect(status('下一年将组建教育集团5个。去年已组建教育集团9个。', 'school_group_operation')).toBe('done');
  });

  it('stays a trial under a heading that announces one', () => {
    const text = '## 试点推进集团化办学改革\n组建教育集团3个。\n## 加强教研\n开展片区教研。';
    expect(status(text, 'school_group_operation')).toBe('piloted');
    expect(status(text, 'online_and_area_research')).toBe('done');
  });

  it('is planned under a heading that looks ahead', () => {
    expect(status('## 下一步工作打算\n推进集团化办学。', 'school_group_operation', 'self_evaluation')).toBe('planned');
  });

  it('is only mentioned in a title of honour, in a cited document, or as a scene', () => {
    expect(status('获评“全省集团化办学先进单位”。', 'school_group_operation')).toBe('mentioned');
    expect(status('根据《关于推进集团化办学的意见》,现将情况报告如下。', 'school_group_operation')).toBe('mentioned');
    expect(status('出台《关于推进集团化办学的意见》。', 'school_group_operation')).toBe('done');
    expect(status('研究集团化办学背景下的教学管理。', 'school_group_operation')).toBe('mentioned');
  });
});

describe('the record of a practice', () => {
  const text = '教育工作情况如下。组建教育集团9个,成员校36所,教师满意。';
  const [practice] = practicesOf(text);

  it('quotes its words and its sentence', () => {
    expect(practice).toMatchObject({
      id: 'x-p01',
      quote: '教育集团',
      sentence: '组建教育集团9个,成员校36所,教师满意。',
    });
    expect(text.slice(practice!.start, practice!.end)).toBe('教育集团');
  });

  it('holds the figures that belong to it', () => {
    expect(practice!.figures).toEqual(['x-001', 'x-002']);
  });
});
