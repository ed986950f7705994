// Files beside pages, sound and broken: what each becomes, and that none stops the reading of the others.
import * as xlsx from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readAll, readPage } from '../../src/reading/index.js';
import { docxOf, pdfOf, zipOf } from '../helpers/zip.js';

const read = (bytes: Uint8Array, origin = 'https://www.example.gov.cn/download/1') => readPage({ bytes, origin });

const notice = [
  '明水县教育局关于做好校舍维修工作的通知',
  '明教字〔2031〕8号',
  '各乡镇中心校:',
  '县财政安排专项资金320万元,用于农村学校校舍维修,每所学校补助不超过45万元。',
  '明水县教育局',
  '2031年4月2日',
];

const encoded = (text: string) => {
  // 明水县学校 in GBK, as old systems write it.
  const gbk: Record<string, number[]> = {
    明: [0xc3, 0xf7],
    水: [0xcb, 0xae],
    县: [0xcf, 0xd8],
    学: [0xd1, 0xa7],
    校: [0xd0, 0xa3],
    人: [0xc8, 0xcb],
    数: [0xca, 0xfd],
    一: [0xd2, 0xbb],
    中: [0xd6, 0xd0],
  };
  return Uint8Array.from([...text].flatMap((sign) => gbk[sign] ?? [sign.charCodeAt(0)]));
};

const onePage = (content: string, resources = '<< >>') => [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents 4 0 R >>`,
  `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
];

describe('files that are sound', () => {
  it('docx: masthead and text', async () => {
    const document = await read(docxOf(notice));
    expect(document).toMatchObject({
      format: 'docx',
      title: notice[0],
      documentNumber: '明教字〔2031〕8号',
      addressees: ['各乡镇中心校'],
      signedIso: '2031-04-02',
      publisher: '明水县教育局',
      notes: [],
    });
    expect(document.text).toContain('每所学校补助不超过45万元。');
  });

  it('docx: a title in two lines, and not those who are addressed', async () => {
    const document = await read(
      docxOf([
        '明水县人民政府办公室',
        '关于印发《明水县学前教育三年提升方案》的通知',
        '明政办字〔2031〕12号',
        '各镇政府、街道办事处，县政府有关部门，各中小学校：',
        '《明水县学前教育三年提升方案》已经县政府同意，现印发给你们，请认真执行。',
        '明水县人民政府办公室',
        '2031年5月6日',
      ]),
    );
    expect(document).toMatchObject({
      title: '明水县人民政府办公室关于印发《明水县学前教育三年提升方案》的通知',
      documentNumber: '明政办字〔2031〕12号',
      addressees: ['各镇政府、街道办事处', '县政府有关部门', '各中小学校'],
    });
  });

  it('xlsx: cells with their heads and unit', async () => {
    const book = xlsx.utils.book_new();
    const rows = [
      ['明水县2031年学校基本情况', null, null],
      ['单位:人', null, null],
      ['学校', '学生数', '教师数'],
      ['第一小学', 820, 45],
      ['第二小学', 1020, 60],
    ];
    const sheet = xlsx.utils.aoa_to_sheet(rows);
    sheet['!merges'] = [0, 1].map((row) => ({ s: { r: row, c: 0 }, e: { r: row, c: 2 } }));
    xlsx.utils.book_append_sheet(book, sheet, '表1');
    for (const [format, type] of [
      ['xlsx', 'xlsx'],
      ['xls', 'biff8'],
    ] as const) {
      const document = await read(xlsx.write(book, { type: 'buffer', bookType: type }));
      expect(document).toMatchObject({ format, title: '明水县2031年学校基本情况', genre: 'bulletin' });
      const cell = document.blocks.find((block) => document.text.slice(block.start, block.end) === '1020');
      expect(cell).toMatchObject({ kind: 'cell', heads: ['第二小学', '学生数'], unit: '人' });
    }
  });

  it('xls that is HTML in GBK under a wrong declaration', async () => {
    const html =
      '<meta charset=utf-8><table><tr><td>学校</td><td>人数</td></tr><tr><td>一中</td><td>900</td></tr><tr><td>水中</td><td>700</td></tr></table>';
    const document = await read(encoded(html), 'table.xls');
    expect(document).toMatchObject({ format: 'html', encoding: 'gb18030' });
    expect(document.text).toBe('学校\t人数\n一中\t900\n水中\t700');
  });

  it('pdf: lines of a page', async () => {
    const lines = ['Pupils in all 5130', 'Schools 12'];
    const content = `BT /F1 12 Tf 72 760 Td (${lines[0]}) Tj 0 -40 Td (${lines[1]}) Tj ET`;
    const fonts = '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
    const document = await read(pdfOf(onePage(content, fonts)));
    expect(document.format).toBe('pdf');
    expect(`${document.title}\n${document.text}`).toContain('Schools 12');
  });

  it('pdf whose Chinese font is not in the file', async () => {
    const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
    const sentences = Array.from({ length: 8 }, () => '2030年全县新建学校12所,新增学位5130个。');
    const shown = ['明水县学校建设情况', ...sentences].map((line) => `<${hex(line)}> Tj 0 -40 Td`).join(' ');
    const content = `BT /F1 12 Tf 72 760 Td ${shown} ET`;
    const described =
      '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontBBox [-25 -254 1000 880] >>';
    const cid = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor ${described} /DW 1000 >>`;
    const fonts = `<< /Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [${cid}] >> >> >>`;
    const document = await read(pdfOf(onePage(content, fonts)));
    expect(document.format).toBe('pdf');
    expect(`${document.title}\n${document.text}`).toContain('新建学校12所');
    expect(document.notes).toEqual([]);
  });

  it('a doc that is HTML', async () => {
    const html = `<html><body>${notice.map((line) => `<p>${line}</p>`).join('')}</body></html>`;
    const document = await read(Buffer.from(html), 'https://www.example.gov.cn/module/downfile.jsp?filename=ab12.doc');
    expect(document).toMatchObject({ format: 'html', documentNumber: '明教字〔2031〕8号' });
    expect(document.text).toContain('专项资金320万元');
  });

  it('rtf under the name of a doc: bytes in GBK, Unicode with fallback, silent groups', async () => {
    const hex = (text: string) => [...encoded(text)].map((byte) => `\\'${byte.toString(16)}`).join('');
    const rtf = `{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}{\\*\\generator x;}\\f0 ${hex('明水县学校')}\\par\\pard ${hex('学校')} 12 \\u25152?\\par }`;
    const document = await read(Buffer.from(rtf, 'latin1'), 'a.doc');
    expect(document).toMatchObject({ format: 'rtf', notes: [] });
    expect(`${document.title}\n${document.text}`).toMatch(/明水县学校\n.*学校 12 所/s);
    expect(document.text).not.toContain('SimSun');
  });

  it('a doc that is a web page packed as a mail, in both encodings of mails', async () => {
    const lines = [
      'Schools shall be checked by 25 August; 137 schools take part.',
      'Fees: no more than 20 yuan a term.',
    ];
    const page = `<html><head><title>Notice of the new term</title></head><body>${lines.map((line) => `<p>${line}</p>`).join('')}<p>学校</p></body></html>`;
    const mail = (encoding: string, body: string) =>
      `MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="--=_1"\r\n\r\nfor other readers\r\n\r\n----=_1\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n${body}\r\n----=_1\r\nContent-Type: image/png\r\n\r\niVBORw0K\r\n----=_1--`;
    const quoted = [...Buffer.from(page)]
      .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte)))
      .join('')
      .replace('check', 'ch=\r\neck');
    for (const [encoding, body] of [
      ['quoted-printable', quoted],
      ['base64', Buffer.from(page).toString('base64')],
    ] as const) {
      const document = await read(Buffer.from(mail(encoding, body), 'latin1'), 'a.doc');
      expect(document).toMatchObject({ format: 'mhtml', title: 'Notice of the new term', notes: [] });
      expect(document.text).toBe(`${lines.join('\n')}\n学校`);
    }
  });

  it('a page that a browser saved as a mail: From before the version, the type of the page named twice', async () => {
    const page = `<html><body><h1>明水县学校招生工作会议召开</h1>${notice.map((line) => `<p>${line}</p>`).join('')}</body></html>`;
    const body = Buffer.from(page).toString('base64');
    const mail = `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/a.html\r\nSubject: a\r\nDate: Tue, 1 Jan 2031 00:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n\r\n------b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n------b--\r\n`;
    const document = await read(Buffer.from(mail, 'latin1'), 'a.mht');
    expect(document).toMatchObject({ format: 'mhtml', notes: [] });
    expect(document.text).toContain('专项资金320万元');
    expect(document.text).not.toContain('Snapshot');
    // A text of lines with colons is no mail.
    expect((await read(Buffer.from('Subject: 明水县学校\n数: 3所\n'), 'a.txt')).format).toBe('text');
  });

  it('Word and Excel of 2003 in XML', async () => {
    const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const row = (...texts: string[]) => `<w:tr>${texts.map((text) => `<w:tc>${run(text)}</w:tc>`).join('')}</w:tr>`;
    const word = `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument><o:Title>模板</o:Title><w:body>${notice.map(run).join('')}${row('学校', '人数')}</w:body></w:wordDocument>`;
    const document = await read(
      Buffer.from(
        word.replace('<w:tr>', '<w:tbl><w:tr>').replace('</w:body>', `${row('一中', '900')}</w:tbl></w:body>`),
      ),
    );
    expect(document).toMatchObject({ format: 'wordxml', title: notice[0], documentNumber: '明教字〔2031〕8号' });
    expect(document.text).toContain('专项资金320万元');
    expect(document.text).not.toContain('模板');
    expect(document.blocks.find((block) => block.heads?.includes('人数'))?.heads).toEqual(['一中', '人数']);
    const cell = (text: string) => `<Cell><Data ss:Type="String">${text}</Data></Cell>`;
    const rows = [
      ['学校', '人数(人)'],
      ['一中', '900'],
      ['二中', '700'],
    ].map((texts) => `<Row>${texts.map(cell).join('')}</Row>`);
    const excel = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${rows.join('')}</Table></Worksheet></Workbook>`;
    const sheet = await read(Buffer.from(excel), 'a.xls');
    expect(sheet.format).toBe('xls');
    expect(sheet.blocks.findLast((block) => block.kind === 'cell')).toMatchObject({
      heads: ['二中', '人数'],
      unit: '人',
    });
  });

  it('the title of a workbook of several sheets is in its first sheet, not the name of one', async () => {
    const book = xlsx.utils.book_new();
    const first = xlsx.utils.aoa_to_sheet([
      ['附件1'],
      ['明水县2031年专项资金安排表'],
      ['学校', '中央', '县级'],
      ['一中', 12, 30],
      ['二中', 9, 14],
    ]);
    first['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 1, c: 2 } }];
    xlsx.utils.book_append_sheet(book, first, '资金');
    xlsx.utils.book_append_sheet(
      book,
      xlsx.utils.aoa_to_sheet([
        ['学校', '人数'],
        ['一中', 900],
      ]),
      '学校',
    );
    const document = await read(new Uint8Array(xlsx.write(book, { type: 'array', bookType: 'xlsx' })));
    expect(document.title).toBe('明水县2031年专项资金安排表');
  });

  it('ofd: text in reading order', async () => {
    const object = (x: number, y: number, text: string) =>
      `<ofd:TextObject ID="${x}${y}" Boundary="${x} ${y} 100 5" Size="5"><ofd:TextCode X="0" Y="4">${text}</ofd:TextCode></ofd:TextObject>`;
    const content = `<ofd:Page>${object(30, 60, '全县有学校12所。')}${object(20, 40, '明水县教育局通告')}${object(30, 50, '现将情况通告如下:')}</ofd:Page>`;
    const files = [
      { name: 'OFD.xml', data: '<ofd:OFD/>' },
      { name: 'Doc_0/Pages/Page_0/Content.xml', data: content },
    ];
    const document = await read(zipOf(files));
    expect(document).toMatchObject({ format: 'ofd', title: '明水县教育局通告' });
    expect(document.text).toMatch(/现将情况通告如下:\n?全县有学校12所。/);
  });

  it('zip: a document a member, names in GBK, one broken member', async () => {
    const files = [
      { name: '1.docx', data: docxOf(notice) },
      { name: Buffer.from(encoded('学校.txt')), data: '明水县有学校12所,在校学生5130人。' },
      { name: '3.docx', data: docxOf(null) },
    ];
    const documents = await readAll({ bytes: zipOf(files), origin: 'a.zip' });
    expect((await readPage({ bytes: zipOf(files, true), origin: 'stored.zip' })).format).toBe('zip');
    expect(documents.map((document) => [document.origin, document.format])).toEqual([
      ['a.zip', 'zip'],
      ['a.zip#1', 'docx'],
      ['a.zip#2', 'text'],
      ['a.zip#3', 'docx'],
    ]);
    expect(documents[1]!.documentNumber).toBe('明教字〔2031〕8号');
    expect(documents[2]!.text).toContain('5130');
    expect(documents[3]!.notes[0]!.code).toBe('damaged');
  });
});

describe('files that are broken', () => {
  const codes = async (bytes: Uint8Array) => (await read(bytes)).notes.map((note) => note.code);

  it('docx without its document', async () => {
    const document = await read(docxOf(null));
    expect(document).toMatchObject({ format: 'docx', text: '' });
    expect(document.notes[0]).toMatchObject({ code: 'damaged' });
    expect(document.notes[0]!.message).toContain('https://www.example.gov.cn/download/1');
  });

  it('docx cut in half', async () => {
    const whole = docxOf(notice);
    expect(await codes(whole.subarray(0, whole.length / 2))).toEqual(['damaged']);
  });

  it('pdf without text', async () => {
    expect(await codes(pdfOf(onePage('0 0 m 100 100 l S')))).toContain('needs_ocr');
  });

  it('pdf locked with a password', async () => {
    const lock = `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`;
    const id = `/Encrypt 5 0 R /ID [<${'43'.repeat(16)}> <${'43'.repeat(16)}>]`;
    expect(await codes(pdfOf([...onePage('BT ET'), lock], id))).toEqual(['encrypted']);
  });

  it('pdf cut in half', async () => {
    const document = await read(Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pag'));
    expect(document.notes.map((note) => note.code)).toEqual(['damaged']);
  });

  it('an archive that claims to unpack to more than any disk', async () => {
    const bomb = zipOf([{ name: 'word/document.xml', data: 'x', claimed: 4_000_000_000 }]);
    expect(await codes(bomb)).toEqual(['too_big']);
  });

  it('an archive that does unpack to more than is allowed', async () => {
    const bomb = zipOf([{ name: 'a.txt', data: Buffer.alloc(310_000_000, 'a') }]);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await codes(bomb)).toEqual(['too_big']);
  });

  it('archives in archives: opened two deep, what lies deeper is counted', async () => {
    const pack = (name: string, data: Buffer) => zipOf([{ name, data }]);
    const inner = pack('3.zip', pack('4.txt', Buffer.from('明水县有学校12所,在校学生5130人。')));
    const documents = await readAll({ bytes: pack('1.zip', pack('2.zip', inner)), origin: 'a.zip' });
    expect(documents.map((document) => document.origin)).toEqual(['a.zip', 'a.zip#1', 'a.zip#1#1']);
    expect(documents[2]!.notes).toEqual([
      { code: 'too_deep', message: expect.stringMatching(/^a\.zip#1#1: 1 files .* not read$/) },
    ]);
  });

  it('pdf whose second half is missing', async () => {
    const whole = pdfOf(onePage(`BT /F1 12 Tf 72 760 Td (${'Pupils '.repeat(400)}) Tj ET`));
    const document = await read(whole.subarray(0, whole.length / 2));
    expect(document.format).toBe('pdf');
    expect(document.notes[0]!.code).toMatch(/^(?:damaged|needs_ocr)$/);
    expect(document.notes[0]!.message).toContain('https://www.example.gov.cn/download/1');
  });

  it('bytes that are no text', async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256);
    const document = await read(noise);
    expect(document).toMatchObject({ format: 'binary', text: '' });
    expect(document.notes[0]!.code).toBe('not_text');
  });

  it('an image, and a kind that is not read', async () => {
    expect(await codes(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3]))).toEqual([
      'needs_ocr',
    ]);
    expect(await codes(Buffer.from('Rar!\x1a\x07\x00'))).toEqual(['unsupported']);
  });

  it('nothing at all', async () => {
    expect(await codes(new Uint8Array())).toEqual(['no_article']);
  });
});

describe('pages without measure', () => {
  const cells = (rows: number, width: number) => {
    const row = (i: number) =>
      `<tr>${Array.from({ length: width }, (_, c) => `<td>${c ? i * c : `第${i}校`}</td>`).join('')}</tr>`;
    return Buffer.from(
      `<h1>各校情况</h1><table>${Array.from({ length: rows }, (_, i) => row(i + 1)).join('')}</table>`,
    );
  };

  it('tables of 110,000 cells, tall and wide: the first 100,000 are read, the rest is counted', async () => {
    for (const [rows, width] of [
      [11_000, 10],
      [110, 1000],
    ] as const) {
      const began = process.cpuUsage();
      const document = await read(cells(rows, width));
      expect(process.cpuUsage(began).user).toBeLessThan(12_000_000);
      expect(document.blocks.filter((block) => block.kind === 'cell')).toHaveLength(100_000);
      expect(document.notes).toEqual([{ code: 'too_big', message: expect.stringContaining('10000 lines') }]);
    }
  });

  it('marks that open and never close', async () => {
    for (const mark of ['<!--', '<', '<meta content="', '【[', '"全县', '发布时间 ', '2024-']) {
      const began = process.cpuUsage();
      await read(Buffer.from(`<p>${sentence}</p><p>${mark.repeat(1_000_000 / mark.length)}`));
      expect(process.cpuUsage(began).user, mark).toBeLessThan(6_000_000);
    }
  });

  const sentence = '<p>全县新建学校12所,新增学位5130个,投入资金1.7亿元。</p>';

  it('nesting 100,000 deep', async () => {
    const html = `<html><body>${'<div>'.repeat(100_000)}${sentence}${'</div>'.repeat(100_000)}</body></html>`;
    const document = await read(Buffer.from(html));
    expect(document.notes.map((note) => note.code)).toContain('too_deep');
  });

  it('keeps the text of nesting that is deep and not absurd', async () => {
    const html = `<html><body>${'<div>'.repeat(2000)}${sentence}${'</div>'.repeat(2000)}</body></html>`;
    expect((await read(Buffer.from(html))).text).toContain('新增学位5130个');
  });

  it('200 MB', async () => {
    const bytes = Buffer.alloc(200_000_000, `${sentence}\n`);
    const began = process.cpuUsage();
    const document = await read(Buffer.concat([Buffer.from('<html><body>'), bytes]));
    expect(document.notes.map((note) => note.code)).toContain('too_big');
    expect(document.text.length).toBeGreaterThan(1_000_000);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(20);
  });
});
