// How a workbook prints: A4 landscape, the head on every page and the first columns on every page to the right, page numbers at the foot.
// As ECMA-376, part 1, has it: 18.3.1.63 pageSetup, 18.3.1.46 headerFooter, and the built-in name _xlnm.Print_Titles (18.2.5).
import type { Feature, Sheet } from './workbook.js';

/** Characters of column width that stand on an A4 page beside each other and can still be read. */
const pageWidth = 150;

const pagesWide = ({ widths }: Sheet): number =>
  Math.max(1, Math.round(widths.reduce((sum, width) => sum + width, 0) / pageWidth));

/** A hook for the writer of workbooks. */
export function printFeature(sheets: readonly Sheet[]): Feature {
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transform: (xml) => xml.replace(/<definedNames\s*\/>|(?=<calcPr)/, () => titlesOf(sheets)),
        },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) => withSetup(xml, sheets[sheetIndex]!),
        },
      },
    },
  };
}

function titlesOf(sheets: readonly Sheet[]): string {
  const names = sheets.map(({ name, frozenColumns }, index) => {
    const sheet = `'${name.replaceAll("'", "''")}'`;
    const columns = frozenColumns > 0 ? `${sheet}!$A:$${String.fromCharCode(64 + frozenColumns)},` : '';
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${columns}${sheet}!$1:$1</definedName>`;
  });
  return `<definedNames>${names.join('')}</definedNames>`;
}

function withSetup(xml: string, sheet: Sheet): string {
  const fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
  const setup =
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" fitToWidth="${pagesWide(sheet)}" fitToHeight="0" pageOrder="overThenDown" orientation="landscape"/>` +
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>';
  return xml.replace(/(?<=<worksheet\b[^>]*>)/, fit).replace('</worksheet>', `${setup}</worksheet>`);
}
