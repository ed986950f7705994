// All list families, in the order in which they are tried: those with a fingerprint that nothing else has come first.

import { gkmlpt, ucap } from './endpoints.js';
import type { ListContext, ListFamily, ListReading } from './family.js';
import { jcms } from './jcms.js';
import { jpaas } from './jpaas.js';
import { jsonList, readFragment, scriptList } from './json-list.js';
import { links } from './links.js';
import { staticPages } from './static-pages.js';
import { feed, sitemap } from './xml-lists.js';

export type { ListContext, ListReading, NextRequest } from './family.js';

const families: ListFamily[] = [sitemap, feed, jcms, jpaas, gkmlpt, ucap, jsonList, staticPages];

/**
 * Reads a page of a list with the family that was named, else with the first that knows it. A page without rows whose scripts
 * fetch data is a script's list; whatever is left is a page of links.
 */
export function readList(context: ListContext, named?: string): ListReading {
  const byName = families.find((family) => family.name === named)?.read(context);
  if (byName) return byName;
  const fragment = named === 'json' ? readFragment(context) : null;
  if (fragment) return fragment;
  for (const family of families) {
    const reading = family.name === named ? null : family.read(context);
    if (reading) return reading;
  }
  const plain = links.read(context)!;
  if (plain.items.length > 0) return plain;
  return scriptList.read(context) ?? plain;
}
