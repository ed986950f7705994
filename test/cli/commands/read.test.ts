// xianjian read as a user meets it: the fields that the design names, what was left out, and codes that tell whole, part and nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { xianjian } from '../../helpers/terminal.js';
import { docxOf, zipOf } from '../../helpers/zip.js';

const folder = mkdtempSync(join(tmpdir(), 'xianjian-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, data: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
}

const page = `<html><head><title>关于做好校舍维修工作的通知</title></head><body><div><a href="/">首页</a><a href="/zw">政务</a></div>
<h1>关于做好校舍维修工作的通知</h1><p>明教字〔2031〕8号</p><p>发布时间:2031-04-03 索引号:MS01/2031-00008</p>
<p>各学校:</p><p>县财政安排专项资金320万元,用于农村学校校舍维修。</p><p>附件:<a href="b.docx">项目表.docx</a></p>
<p>明水县教育局</p><p>2031年4月2日</p><div>ICP备00000000号</div></body></html>`;

describe('xianjian read', () => {
  it('gives the fields of the design and what was left out as JSON', async () => {
    const { code, stdout } = await xianjian(['read', file('a.html', page), '--json']);
    expect(code).toBe(0);
    const read = JSON.parse(stdout);
    expect(read).toMatchObject({
      title: '关于做好校舍维修工作的通知',
      published: '2031-04-03',
      publisher: '明水县教育局',
      documentNumber: '明教字〔2031〕8号',
      indexNumber: 'MS01/2031-00008',
      author: null,
      encoding: 'utf-8',
      script: 'simplified',
      mends: [],
      text: '各学校:\n县财政安排专项资金320万元,用于农村学校校舍维修。',
      signedIso: '2031-04-02',
    });
    expect(read.blocks.map((block: { kind: string }) => block.kind)).toEqual(['paragraph', 'paragraph']);
    expect(read.attachments.map((link: { title: string }) => link.title)).toEqual(['项目表.docx']);
    expect(read.leftOut).toContainEqual(expect.objectContaining({ reason: 'footer', text: 'ICP备00000000号' }));
  });

  it('shows the text and, below it, what was left out with the reason', async () => {
    const { stdout } = await xianjian(['read', file('a.html', page)]);
    const [taken, left] = stdout.split('left out:\n');
    expect(taken).toContain('专项资金320万元');
    expect(taken).not.toContain('ICP备');
    expect(left).toMatch(/^ {2}links {7}首页政务$/m);
    expect(left).toMatch(/^ {2}signature {3}明水县教育局 2031年4月2日$/m);
    expect(left).toMatch(/^ {2}footer {6}ICP备00000000号$/m);
  });

  it('ends with 1 where nothing could be read, with 3 where a part of an archive could not', async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256);
    const nothing = await xianjian(['read', file('noise.bin', noise)]);
    expect([nothing.code, nothing.stdout]).toEqual([1, expect.stringContaining('not_text')]);
    const members = [
      { name: '1.docx', data: docxOf(['明水县有学校12所,在校学生5130人。']) },
      { name: '2.docx', data: docxOf(null) },
    ];
    const part = await xianjian(['read', file('a.zip', zipOf(members)), '--json']);
    expect(part.code).toBe(3);
    expect(JSON.parse(part.stdout).map((each: { format: string }) => each.format)).toEqual(['zip', 'docx', 'docx']);
  });
});
