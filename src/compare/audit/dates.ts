// Dates that cannot be: published before it was signed, told as reached though the time lies behind the date of the document.
import type { StoredFigure } from '../../model/cell.js';
import { writePeriod, writeValue } from '../wording.js';
import { type AuditDocument, type Finding, findingIn, findingOn } from './finding.js';
import { sentenceAt } from './terms.js';

export function checkDates(document: AuditDocument): Finding[] {
  const latest =
    [document.published, document.signed]
      .filter((date) => date !== null)
      .sort()
      .at(-1) ?? null;
  return [
    ...publishedBeforeSigned(document),
    ...(latest === null ? [] : [...reachedLater(document, latest), ...doneLater(document, latest)]),
  ];
}

/** Whether one ISO date is later than another at the precision that both have. */
function isLater(date: string, than: string): boolean {
  const precision = Math.min(date.length, than.length, 10);
  return date.slice(0, precision) > than.slice(0, precision);
}

function publishedBeforeSigned(document: AuditDocument): Finding[] {
  const { published, signed } = document;
  if (published === null || signed === null || !isLater(signed, published)) return [];
  const [first, second] = [published.slice(0, 10), signed.slice(0, 10)];
  return [
    findingIn(document, 0, [], {
      kind: 'date',
      verdict: 'conflicts',
      severity: 'low',
      computed: `${first} < ${second}`,
      zh: `发布日期${first}早于落款日期${second}。`,
      en: `The document was published on ${first}, before the date of its signature, ${second}.`,
    }),
  ];
}

/** Figures told as reached in a period that begins after the document. */
function reachedLater(document: AuditDocument, latest: string): Finding[] {
  return document.figures.filter(isTold).flatMap((figure) => {
    const { period } = figure;
    if (period === null || !isLater(period.from, latest)) return [];
    return [
      findingOn([figure], {
        kind: 'date',
        verdict: 'conflicts',
        severity: 'medium',
        computed: `${writePeriod(figure)} > ${latest.slice(0, 10)}`,
        zh: `${writeValue(figure)}写为已实现，所指时间${writePeriod(figure)}在文件日期${latest.slice(0, 10)}之后。`,
        en: `${writeValue(figure)} is told as reached in ${writePeriod(figure)}, after the date of the document, ${latest.slice(0, 10)}.`,
      }),
    ];
  });
}

/** Actual, and not a plan that was read as one. */
const isTold = (figure: StoredFigure): boolean =>
  figure.status === 'actual' && !/将|拟|预计|力争|计划|到\d{4}年|明年|届时/.test(figure.sentence);

/** 已于8月底完成 in a document of 10 August: a month of the document's own year that had not ended. */
function doneLater(document: AuditDocument, latest: string): Finding[] {
  const [year, month, day] = latest.slice(0, 10).split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return [];
  return [...document.text.matchAll(/已经?[于在]?(?:今年|(\d{4})年)?(\d{1,2})月(底|末|下旬|(\d{1,2})日)/g)].flatMap(
    (found) => {
      const told = { year: found[1] === undefined ? year : Number(found[1]), month: Number(found[2]) };
      const ahead = (told.year - year) * 12 + told.month - month;
      const sentence = sentenceAt(document.text, found.index);
      const namesYear = found[1] !== undefined || sentence.includes('今年');
      // Without a year a month further ahead is one of last year.
      if (ahead < 0 || (!namesYear && ahead > 1)) return [];
      const from = found[4] === undefined ? (found[3] === '下旬' ? 21 : 28) : Number(found[4]);
      if (ahead === 0 && from <= day) return [];
      const words = found[0];
      return [
        findingIn(document, found.index, [sentence], {
          kind: 'date',
          verdict: 'conflicts',
          severity: 'low',
          computed: `${told.year}-${String(told.month).padStart(2, '0')} > ${latest.slice(0, 10)}`,
          zh: `文中写“${words}”，在文件日期${latest.slice(0, 10)}之后。`,
          en: `The text says “${words}”, later than the date of the document, ${latest.slice(0, 10)}.`,
        }),
      ];
    },
  );
}
