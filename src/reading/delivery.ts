// The lines below the title of a speech or report: when and where it was given, and by whom.
//   ——2031年3月15日在某县第十届人民代表大会第二次会议上 · 县长 某某 · (2031年3月)
import { findDates } from './dates.js';
import { fold, type Line } from './line.js';

/** What those lines say. */
export interface Delivery {
  /** When it was given, as printed and in ISO 8601. */
  printed: string | null;
  iso: string | null;
  /** It was given to a congress (人民代表大会, 政协 and the like). */
  congress: boolean;
  speaker: string | null;
}

const occasion = /^\s*在.{2,50}(?:会|会议|仪式|论坛)上/;
const speaker =
  /^\(?\p{Script=Han}{0,20}(?:[县市区省州旗镇乡局厅校院]长|检察长|主任|书记|主席)\s+(?<name>\p{Script=Han}(?:\s?\p{Script=Han}){1,3})\)?$/u;

/** The date and place of a line such as （2031年1月10日在……会议上）. @param folded a folded line */
function occasionOf(folded: string): { printed: string; iso: string; congress: boolean } | null {
  if (folded.length > 80 || /[。;]/.test(folded)) return null;
  const [date] = findDates(folded);
  if (!date || !/^[\s(—–-]*$/.test(folded.slice(0, date.start))) return null;
  const rest = folded.slice(date.end);
  return occasion.test(rest) ? { printed: date.printed, iso: date.iso, congress: rest.includes('大会') } : null;
}

/** A month alone on its line, (2031年3月): when the text was given. A day alone there is when it was published. */
function monthOf(folded: string): { printed: string; iso: string } | null {
  const [date] = findDates(folded);
  if (date?.iso.length !== 7) return null;
  const rest = folded.slice(0, date.start) + folded.slice(date.end);
  return /^[\s()—–-]*$/.test(rest) ? { printed: date.printed, iso: date.iso } : null;
}

/** Whether a line between title and text tells the occasion or the speaker. @param folded a folded line */
export const isDeliveryLine = (folded: string) =>
  occasionOf(folded.trim()) !== null || (folded.length < 40 && speaker.test(folded.trim()));

/** What the lines from `from` to `to`, those between title and text, say of the occasion. */
export function deliveryOf(lines: readonly Line[], from: number, to: number): Delivery {
  const delivery: Delivery = { printed: null, iso: null, congress: false, speaker: null };
  for (const line of lines.slice(from, to)) {
    const folded = fold(line.text).trim();
    const found = delivery.iso === null ? occasionOf(folded) : null;
    if (found) Object.assign(delivery, found);
    else if (delivery.iso === null) Object.assign(delivery, monthOf(folded));
    delivery.speaker ??= speaker.exec(folded)?.groups?.name?.replace(/\s/g, '') ?? null;
  }
  return delivery;
}
