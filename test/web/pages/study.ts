// A corpus for the tests of pages: two invented counties, one of which says little, and a page whose title holds a script.
import { type EvidenceStudy, makeEvidenceStudy } from '../evidence/study.js';

const pageOf = (title: string, paragraphs: readonly string[]): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="article"><h1>${title}</h1>
  <p>发布时间：2024-05-01 来源：甲县教育局</p>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</div></body></html>`;

export const hostileTitle = '&lt;script&gt;alert(1)&lt;/script&gt;教育工作总结';

/** Three pages: a full one of 990101, a short one of 990102, and a hostile one of 990101. */
export async function makePagesStudy(): Promise<EvidenceStudy> {
  const study = await makeEvidenceStudy();
  await study.add(
    'https://a.example/2024.html',
    pageOf('甲县2023年教育工作总结', [
      '2023年，全县共有小学47所，初中18所，在校小学生21000人，小学专任教师1260人。',
      '全县教育经费总投入8.6亿元，学前教育毛入园率达到98.5%，九年义务教育巩固率99.1%。',
      '我县组建教育集团12个，推进集团化办学，全面开展课后服务，参与学生覆盖率达到96%。',
    ]),
    '990101',
  );
  await study.add(
    'https://b.example/2024.html',
    pageOf('乙县2023年教育工作总结', [
      '2023年，全县共有小学32所，九年义务教育巩固率98.2%。',
      '到2025年，全县教师交流轮岗比例达到15%以上。',
    ]),
    '990102',
  );
  await study.add(
    'https://a.example/hostile.html',
    pageOf(hostileTitle, [
      '2022年，全县共有小学49所，普通高中5所，“<b>优质</b>”学校 &lt;img src=x onerror=alert(2)&gt; 3所。',
    ]),
    '990101',
  );
  return study;
}
