// The pages that read the corpus: overview, compare, search, counties, data and status.
import { Hono } from 'hono';
import type { WebEnv } from '../context.js';
import { comparePage } from './compare.js';
import { countiesPage } from './counties.js';
import { countyPage } from './county.js';
import { dataPage } from './data.js';
import { overviewPage } from './overview.js';
import { searchPage } from './search.js';
import { statusPage } from './status.js';

export const pages = new Hono<WebEnv>();

pages.get('/', overviewPage);
pages.get('/compare', comparePage);
pages.get('/search', searchPage);
pages.get('/c', countiesPage);
pages.get('/c/:place', countyPage);
pages.get('/data', dataPage);
pages.get('/status', statusPage);
