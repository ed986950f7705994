// A figure as the comparison sees it, with the fields that a test gives.
import type { StoredFigure } from '../../src/model/cell.js';

let serial = 0;

/** A count of 100 学位 in the invented county 990101, done in its document of 1 January 2024. */
export function figure(fields: Partial<StoredFigure>): StoredFigure {
  serial += 1;
  return {
    id: `1-${String(serial).padStart(3, '0')}`,
    place: '990101',
    indicator: 'places',
    dimension: 'count',
    value: 100,
    valueMax: null,
    unit: '个',
    bound: 'exact',
    per: [],
    subject: '学位',
    stage: [],
    period: null,
    periodText: null,
    accrual: 'flow',
    status: 'actual',
    whole: null,
    of: null,
    salience: 'core',
    quote: '100个',
    textStart: 0,
    textEnd: 4,
    sentence: '',
    confidence: 1,
    documentId: 1,
    documentTitle: null,
    documentDate: '2024-01-01',
    url: 'https://example.test/1',
    ...fields,
  };
}
