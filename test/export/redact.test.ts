// What `--redact` takes out of texts, and what it leaves: numbers of persons and names beside titles, no figures and no places.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCorpus } from '../../db/open.js';
import { redacted } from '../../src/export/redact.js';
import { citationOf, figureOf, fileOf } from '../conformance/samples.js';
import { entryOf, nothing } from '../conformance/study.js';
import { documentOf } from '../helpers/document.js';
import { xianjian } from '../helpers/terminal.js';

describe('redacted', () => {
  it.each([
    ['联系电话:13800138000。', '联系电话:〔隐号〕。'],
    ['手机 138-0013-8000 或 +86 13900139000', '手机 〔隐号〕 或 〔隐号〕'],
    ['电话0631-6651234转8012', '电话〔隐号〕'],
    ['(0631)6651234', '〔隐号〕'],
    ['咨询热线:6651234', '咨询热线:〔隐号〕'],
    ['服务热线400-123-4567', '服务热线〔隐号〕'],
    ['邮箱 a.b-c@jyj.example.cn', '邮箱 〔隐号〕'],
    ['身份证110101199003078888', '身份证〔隐号〕'],
    ['联系人:张三、李四', '联系人:〔隐名〕'],
    ['记者:王晓燕 通讯员:赵一鸣', '记者:〔隐名〕 通讯员:〔隐名〕'],
    ['县委书记王建国同志讲话', '县委书记〔隐名〕同志讲话'],
    ['欧阳明校长和黄秀珍老师参加', '〔隐名〕校长和〔隐名〕老师参加'],
  ])('%s', (text, expected) => expect(redacted(text)).toBe(expected));

  it.each([
    '2023年,全县小学在校生21000人,投入13800000000元。',
    '高中教师1260人,初中教师980人,向全县教师发放补贴。',
    '常务副县长出席,时任局长汇报,万名教师进万家。',
    '示教〔2024〕1号,2024-05-21,占38.3%,0.8123456789。',
    '石岛镇、安丘市、方城县、高密市教育局,宁津县教师进修学校。',
    '生均公用经费720元、940元,比例16:1,身高1米65。',
    '邮编264500,组织机构代码00436041-2。',
  ])('leaves %s', (text) => expect(redacted(text)).toBe(text));
});

describe('xianjian export --redact', () => {
  it('holds for every table and format, and not for web archives', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xianjian-redact-'));
    const database = join(folder, 'corpus.sqlite');
    const corpus = await openCorpus(database, { create: true });
    const sentence = '局长李四同志(电话13800138000)说,全县新建学校12所。';
    const { snapshotId } = await corpus.keepFile(fileOf(sentence));
    const document = documentOf(sentence, { title: '李四局长讲话', author: '李四' });
    const place = '990101';
    await corpus.storeDocument(entryOf(snapshotId, document), (id) => ({
      ...nothing,
      place,
      figures: [figureOf(id, 1, { place, sentence, indicator: 'school_count' })],
      citations: [citationOf(id, { sentence })],
    }));
    await corpus.close();
    try {
      for (const table of ['figures', 'documents', 'citations'])
        for (const ending of ['csv', 'jsonl']) {
          const file = join(folder, `${table}.${ending}`);
          const plain = ['export', '-o', file, '--table', table, '--every', '--db', database];
          expect((await xianjian(plain)).code).toBe(0);
          expect(readFileSync(file, 'utf8')).toContain('李四');
          expect((await xianjian([...plain, '--redact'])).code).toBe(0);
          expect(readFileSync(file, 'utf8')).not.toMatch(/李四|13800138000/);
          expect(readFileSync(file, 'utf8')).toContain('〔隐名〕');
        }
      const packaged = join(folder, 'package');
      expect((await xianjian(['export', '--package', packaged, '--redact', '--db', database])).code).toBe(0);
      expect(readFileSync(join(packaged, 'figures.csv'), 'utf8')).not.toContain('李四');
      const refused = await xianjian(['export', '--warc', join(folder, 'a.warc'), '--redact', '--db', database]);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('E_REDACT') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
