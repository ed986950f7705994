// A Document around a bare text that is taken as it is, for tests of figures.
import type { Document } from '../../../src/model/document.js';
import { WayBack } from '../../../src/model/way-back.js';
import * as helpers from '../../helpers/document.js';

/** News published on 2024-05-21, unless told otherwise. */
export const documentOf = (text: string, fields: Partial<Document> = {}): Document =>
  helpers.documentOf('', {
    text,
    wayBack: WayBack.identity(text.length),
    blocks: [],
    publishedIso: '2024-05-21',
    ...fields,
  });
