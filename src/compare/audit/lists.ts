// Counts against the names they count: A、B、C三种, A、B等5所学校, 3所学校(A、B、C).
import type { StoredFigure } from '../../model/cell.js';
import { type AuditDocument, type Finding, findingOn } from './finding.js';

/** Names that a list gives beside a count. */
interface NameList {
  names: string[];
  /** 等: the list need not be complete. */
  isOpen: boolean;
}

/** Kinds, not things: 小学、初中30所学校 counts schools of two kinds, 省、市3个课题 projects of two levels. */
const kind =
  /^(?:[国省市区县校级]{1,3}|(?:全县|城区|农村|乡镇|公办|民办|普通|完全|独立|寄宿制|九年一贯制|各|部分)*(?:小学|初中|高中|幼儿园|中学|学前|中职|职教|学校|教师|学生|干部|党员|家长|校长|群众|代表|城区|农村|乡镇|城乡)(?:教育|阶段)?)$/;

const people = new Set(['人', '名', '位', '人次', '户']);

/** Above this a list in running text is hardly complete, and a number beside 、 hardly counts it. */
const most = 20;

export function checkLists(document: AuditDocument): Finding[] {
  return document.figures.flatMap((figure) => {
    if (figure.dimension !== 'count' || figure.bound !== 'exact' || figure.valueMax !== null) return [];
    if (figure.value < 2 || figure.value > most || figure.per.length > 0) return [];
    const list = namesBehind(document, figure) ?? namesBefore(document, figure);
    return list ? judge(figure, list) : [];
  });
}

/** `3所学校(A、B、C)` or `3所学校:A、B、C`; nothing where the list holds numbers of its own. */
function namesBehind(document: AuditDocument, figure: StoredFigure): NameList | null {
  const behind = document.text.slice(figure.textEnd, figure.textEnd + 200);
  const found =
    /^[\u4e00-\u9fff”]{0,10}[(（]([^()（）\n]*)[)）]/.exec(behind) ??
    /^[\u4e00-\u9fff”]{0,10}[:：]([^。;；\n]*)[。;；]/.exec(behind);
  const inside = found?.[1];
  if (!inside || /\d|[,，]/.test(inside) || !inside.includes('、')) return null;
  return namesIn(inside);
}

/** The list that ends at the number: `A、B和C` + `三种模式`. Only where a noun follows the number: in 名师、名校长18名 it counts people. */
function namesBefore(document: AuditDocument, figure: StoredFigure): NameList | null {
  if (people.has(figure.unit)) return null;
  const noun = document.text.slice(figure.textEnd, figure.textEnd + 1);
  const unitIsNoun = /类|种|个|大/.test(figure.quote.slice(-2)) && figure.unit.length > 1;
  if (!/[\u4e00-\u9fff]/.test(noun) && !unitIsNoun) return null;
  let start = figure.textStart;
  while (start > 0 && figure.textStart - start < 160 && !/[,，。;；:：!！?？\n]/.test(document.text[start - 1]!))
    start -= 1;
  const written = document.text.slice(start, figure.textStart);
  if (/\d/.test(written) || !/[、和及与]/.test(written)) return null;
  return namesIn(written.replace(/(?:这|共|共计|总共|合计)$/, ''));
}

/** Quoted words and bracketed remarks are one name each, whatever stands inside. */
function namesIn(written: string): NameList | null {
  const isOpen = /等$/.test(written.trim());
  const plain = written
    .trim()
    .replace(/等$/, '')
    .replace(/[(（][^()（）]*[)）]/g, '')
    .replace(/[“《"‘][^”》"’]*[”》"’]/g, '名');
  if (!plain.includes('、')) return null;
  const names = plain.split('、').map((name) => name.trim());
  const last = names.pop() ?? '';
  names.push(
    ...last.split(/(?<=[^总共温中调缓饱平柔])(?:以及|和(?!谐|平|美|睦)|及(?!时|格)|与(?!会))(?=[\u4e00-\u9fff])/),
  );
  return names.some((name) => name === '') ? null : { names, isOpen };
}

function judge(figure: StoredFigure, { names, isOpen }: NameList): Finding[] {
  const count = names.length;
  const told = { kind: 'list', value: count, computed: `${count}` } as const;
  if (count === figure.value)
    return [
      findingOn([figure], {
        ...told,
        verdict: 'holds',
        severity: 'none',
        zh: `“${figure.quote}”与所列${count}项相合。`,
        en: `${figure.quote} agrees with the ${count} names listed.`,
      }),
    ];
  if (names.slice(0, -1).some((name) => kind.test(name)) || kind.test(names.at(-1)!)) return [];
  // Fewer names than counted: the rest may go without saying. More by far: the number counts something else.
  if (count < figure.value || count > figure.value + 2) return [];
  return [
    findingOn([figure], {
      ...told,
      verdict: 'conflicts',
      severity: 'low',
      zh: `文中写为“${figure.quote}”，所列有${count}项${isOpen ? '（且有“等”字）' : ''}。`,
      en: `The text counts ${figure.quote} and names ${count}${isOpen ? ' and others (等)' : ''}.`,
    }),
  ];
}
