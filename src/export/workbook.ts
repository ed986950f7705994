// Workbooks: sheets with frozen heads, texts that stay texts, and links, within the limits of Excel
// (https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3).
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { printFeature } from './print-setup.js';
import type { Value } from './table.js';

/** Characters of a cell, links of a sheet, and rows of a sheet with its head. */
export const excelLimits = { characters: 32_767, links: 65_530, rows: 1_048_576 } as const;

export interface Sheet {
  name: string;
  head: readonly string[];
  rows: readonly (readonly Value[])[];
  /** Width of each column in characters. */
  widths: readonly number[];
  /** Columns whose http addresses become links. */
  linkColumns: readonly number[];
  /** Columns at the left that stay in view. */
  frozenColumns: number;
}

type Parameter = Parameters<typeof writeExcelFile>;
type WrittenSheet = Parameter[0][number];
/** What can be added to the files of a workbook. */
export type Feature = NonNullable<NonNullable<Parameter[1]>['features']>[number];

interface Link {
  cell: string;
  url: string;
}

/** The bytes of an .xlsx file. Texts are cut at the limit of a cell; links beyond the limit of a sheet stay plain text. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const links = sheets.map(linksOf);
  const written = sheets.map((sheet, index) => writtenSheet(sheet, links[index]!.length));
  return writeExcelFile(written, { features: [linkFeature(links), printFeature(sheets)] }).toBuffer();
}

function linksOf({ rows, linkColumns }: Sheet): Link[] {
  const links: Link[] = [];
  for (const [row, values] of rows.entries()) {
    for (const column of linkColumns) {
      const url = values[column];
      if (links.length >= excelLimits.links) return links;
      if (isLink(url)) links.push({ cell: `${columnLetters(column)}${row + 2}`, url });
    }
  }
  return links;
}

/** Excel takes addresses of at most 2,079 characters. */
const isLink = (url: Value | undefined): url is string =>
  typeof url === 'string' && /^https?:\/\/[^\s]+$/i.test(url) && url.length <= 2079;

/** Columns of this width hold sentences: they are broken into lines, and what stands beside them stays at the top. */
const wrapped = 60;
const top = { alignVertical: 'top' } as const;

function writtenSheet(sheet: Sheet, links: number): WrittenSheet {
  let linksLeft = links;
  const cells = (row: readonly Value[]): Cell[] =>
    row.map((value, column) => {
      if (value === null || value === '') return null;
      if (typeof value !== 'string') return { value, type: typeof value === 'number' ? Number : Boolean, ...top };
      const cell = {
        value: cellText(value),
        type: String,
        ...top,
        ...(sheet.widths[column]! >= wrapped ? { wrap: true } : {}),
      };
      if (!sheet.linkColumns.includes(column) || !isLink(value) || linksLeft === 0) return cell;
      linksLeft -= 1;
      return { ...cell, textColor: '#0563C1', textDecoration: { underline: true } };
    });
  const head: Cell[] = sheet.head.map((value) => ({
    value,
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#E8EEF4',
  }));
  return {
    sheet: sheet.name,
    data: [head, ...sheet.rows.map(cells)],
    columns: sheet.widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    ...(sheet.frozenColumns > 0 ? { stickyColumnsCount: sheet.frozenColumns } : {}),
  };
}

/** XML 1.0 allows no other control characters, and no halves of pairs; the library takes names of Object.prototype for known texts. */
function cellText(text: string): string {
  const clean = text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  const cut = clean.length > excelLimits.characters ? `${clean.slice(0, excelLimits.characters - 1)}…` : clean;
  return cut in Object.prototype ? `${cut} ` : cut;
}

/** `A`, `Z`, `AA` for 0, 25, 26. */
function columnLetters(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? columnLetters(before - 1) : '') + String.fromCharCode(65 + (column % 26));
}

const hyperlinkType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/** Links by the library's hook for features, as ECMA-376 has them: an element in the sheet, the address in its relationships. */
function linkFeature(links: readonly Link[][]): Feature {
  const idsOf = links.map(
    (each) => new Map([...new Set(each.map(({ url }) => url))].map((url, n) => [url, `link${n}`])),
  );
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) => withLinks(xml, links[sheetIndex]!, idsOf[sheetIndex]!),
        },
        'xl/worksheets/_rels/sheet{id}.xml.rels': {
          insert: (_options, { sheetIndex }) =>
            [...idsOf[sheetIndex]!]
              .map(
                ([url, id]) =>
                  `<Relationship Id="${id}" Type="${hyperlinkType}" Target="${escapeXml(url)}" TargetMode="External"/>`,
              )
              .join(''),
        },
      },
    },
  };
}

/** The element stands behind the rows and merged cells, before margins, page set-up and drawings. */
function withLinks(xml: string, links: readonly Link[], ids: ReadonlyMap<string, string>): string {
  if (links.length === 0) return xml;
  const element = links.map(({ cell, url }) => `<hyperlink ref="${cell}" r:id="${ids.get(url)}"/>`).join('');
  const hyperlinks = `<hyperlinks>${element}</hyperlinks>`;
  const tail = /<(?:printOptions|pageMargins|pageSetup|headerFooter|drawing)\b|<\/worksheet>/;
  const behind = xml.lastIndexOf('</sheetData>');
  const at = behind + xml.slice(behind).search(tail);
  return `${xml.slice(0, at)}${hyperlinks}${xml.slice(at)}`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
