// Stage 3 for one kept page: its bytes to documents, with what the list or the page around it says of them. Pure, and small enough for
// the threads that read pages again.
import type { Snapshot } from '../db/corpus.js';
import type { Document } from './model/document.js';
import { readAll } from './reading/index.js';

/** What the page that named an attachment says of it. */
export interface ParentPage {
  publishedIso: string | null;
  signedIso: string | null;
  genre: string;
}

/** The page itself, or the members of an archive. */
export async function documentsOf(snapshot: Snapshot, parent: ParentPage | null): Promise<Document[]> {
  const documents = await readAll({
    bytes: snapshot.bytes,
    origin: snapshot.finalUrl,
    ...(snapshot.contentType ? { contentType: snapshot.contentType } : {}),
    ...(snapshot.place ? { placeHint: snapshot.place } : {}),
    ...(snapshot.anchor && snapshot.kind === 'attachment' ? { filename: snapshot.anchor } : {}),
  });
  return documents.map((document) => withHints(document, snapshot, parent));
}

/** What the list or the page around a document says of it, where it does not say so itself: its date and its genre. */
function withHints(document: Document, snapshot: Snapshot, parent: ParentPage | null): Document {
  if (document.publishedIso !== null || document.signedIso !== null) return document;
  if (parent)
    return {
      ...document,
      publishedIso: parent.publishedIso,
      signedIso: parent.signedIso,
      genre: parent.genre as Document['genre'],
    };
  return snapshot.listed ? { ...document, publishedIso: snapshot.listed } : document;
}
