// Makes small archives for tests: docx, ofd and plain zip files, sound or false.
import { crc32, deflateRawSync } from 'node:zlib';

/** One file to be packed. */
export interface Packed {
  name: string | Buffer;
  data: string | Buffer;
  /** The unpacked size that the archive claims, where it lies. */
  claimed?: number;
}

function header(file: Packed, packed: Buffer, raw: Buffer, offset: number | null, stored: boolean): Buffer {
  const name = Buffer.from(file.name);
  const central = offset !== null;
  const out = Buffer.alloc(central ? 46 : 30);
  out.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  const at = central ? 6 : 4;
  out.writeUInt16LE(20, at);
  out.writeUInt16LE(stored ? 0 : 8, at + 4);
  out.writeUInt32LE(crc32(raw), at + 10);
  out.writeUInt32LE(packed.length, at + 14);
  out.writeUInt32LE(file.claimed ?? raw.length, at + 18);
  out.writeUInt16LE(name.length, at + 22);
  if (central) {
    out.writeUInt16LE(20, 4);
    out.writeUInt32LE(offset, 42);
  }
  return Buffer.concat([out, name]);
}

/** The bytes of a zip archive; `stored` leaves its files as they are. */
export function zipOf(files: readonly Packed[], stored = false): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const raw = Buffer.from(file.data);
    const packed = stored ? raw : deflateRawSync(raw);
    const local = Buffer.concat([header(file, packed, raw, null, stored), packed]);
    centrals.push(header(file, packed, raw, offset, stored));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** A docx file whose paragraphs are given, as text or as XML, or that has no document.xml; and other parts of it. */
export function docxOf(paragraphs: readonly string[] | null, parts: readonly Packed[] = []): Buffer {
  const types =
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const relations =
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
  const body = (paragraphs ?? [])
    .map((text) => (text.startsWith('<') ? text : `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`))
    .join('');
  const document = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return zipOf([
    { name: '[Content_Types].xml', data: types },
    { name: '_rels/.rels', data: relations },
    ...(paragraphs ? [{ name: 'word/document.xml', data: document }] : [{ name: 'word/styles.xml', data: '<a/>' }]),
    ...parts,
  ]);
}

/** A pdf of one page with the objects given, numbered from 1. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.4\n';
  const places: number[] = [];
  objects.forEach((object, i) => {
    places.push(text.length);
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
  });
  const start = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
