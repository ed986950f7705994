// HTML in which every stored text is escaped: the template escapes what is put into it, unless that is markup of its own making.
import { harmless } from '../model/harmless.js';

/** Markup that was made by `html`. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = string | number | Html | null | readonly Part[];

/** `html\`<td>${value}</td>\``: texts and numbers are escaped, null is nothing, lists are joined. */
export function html(fixed: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(fixed.map((text, index) => text + written(parts[index] ?? null)).join(''));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(written).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => harmless(text).replace(/[&<>"']/g, (character) => entities[character]!);
