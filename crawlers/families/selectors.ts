// Items by the selectors of a source, for lists that detection gets wrong. Selectors are CSS; what one does not find is left out.
import { load } from 'cheerio';
import { listedDate } from '../dates.js';
import { collapse } from '../html.js';
import { type ListItem, uniqueItems } from '../items.js';
import type { ListContext } from './family.js';

/** The items that a source's selectors find, null where it has none. */
export function itemsBySelectors({ page, selectors }: ListContext): ListItem[] | null {
  if (!selectors?.item) return null;
  const $ = load(page.document);
  const items: ListItem[] = [];
  for (const element of $(selectors.item).toArray()) {
    const row = $(element);
    const link = row.is('a') ? row : row.find(selectors.link ?? 'a[href]').first();
    const url = page.resolve(link.attr('href') ?? '');
    if (url === null) continue;
    const title = collapse(
      (selectors.title ? row.find(selectors.title).first() : link).text() || link.attr('title') || '',
    );
    const date = listedDate(
      collapse(selectors.date ? row.find(selectors.date).first().text() : row.text().replace(title, ' ')),
    );
    items.push({ url, title, date });
  }
  return uniqueItems(items);
}

/** The address that the selector for the next page finds, null where there is none. */
export function nextBySelector({ page, selectors }: ListContext): string | null {
  if (!selectors?.next) return null;
  const href = load(page.document)(selectors.next).first().attr('href');
  return href ? page.resolve(href) : null;
}
