// A corpus in a database: each method as one transaction on the store. What the transactions do is in the files beside this one.
import { activityOf } from './activity.js';
import type { Corpus } from './corpus.js';
import {
  addressVersions,
  documentAt,
  documentById,
  documentStructure,
  documentsLike,
  listDocuments,
  storeDocument,
} from './documents.js';
import { exchangesIn, keepExchange, keepFile } from './exchanges.js';
import { frontierIn } from './frontier.js';
import { listCitations, listDocumentsOf, listFigures, listPractices, shapesOf } from './lists.js';
import {
  countAll,
  evidenceOf,
  figuresFor,
  idsLike,
  placesRead,
  practicesFor,
  readingsOf,
  storePlaces,
} from './records.js';
import { reextractionsIn } from './reextractions.js';
import { decide, decisionsFor, undoDecision } from './reviews.js';
import { failedRequests, runRecords, sourceDefinition } from './run-list.js';
import { schedulesIn } from './schedules.js';
import { documentsWith } from './search.js';
import { snapshotWith, unreadSnapshots } from './snapshots.js';
import type { Store } from './store.js';

/** The corpus that lies in an opened database. */
export function corpusIn(store: Store): Corpus {
  return {
    address: store.address,
    frontier: frontierIn(store),
    schedules: schedulesIn(store),
    reextractions: reextractionsIn(store),
    close: () => store.close(),

    keepFile: (file) => keepFile(store, file),
    keepExchange: (exchange, sha256) => keepExchange(store, exchange, sha256),
    exchanges: () => exchangesIn(store),
    snapshot: (id) => store.read((db) => snapshotWith(db, id)),
    unreadSnapshots: (limit, run) => store.read((db) => unreadSnapshots(db, limit, run)),

    storeDocument: (entry, recordsOf) =>
      store.writeBeside((db, statements) => storeDocument(db, { statements, pairs: store.pairs }, entry, recordsOf)),
    documentsLike: (print) => store.read((db) => documentsLike(db, print)),
    documentAt: (url) => store.read((db) => documentAt(db, url)),
    document: (id) => store.read((db) => documentById(db, id)),
    documentStructure: (id) => store.read((db) => documentStructure(db, id)),
    addressVersions: (url, limit) => store.read((db) => addressVersions(db, url, limit)),
    documents: (filter = {}) => store.read((db) => listDocuments(db, filter)),

    knowPlaces: async (places) => {
      if (places.length > 0) await store.writeBeside((db) => storePlaces(db, places));
    },

    figures: (filter = {}) => store.read((db) => figuresFor(db, filter)),
    practices: (filter = {}) => store.read((db) => practicesFor(db, filter)),
    figureShapes: (filter) => store.read((db) => shapesOf(db, filter)),
    listFigures: (page, filter = {}) => store.read((db) => listFigures(db, page, filter)),
    listPractices: (page) => store.read((db) => listPractices(db, page)),
    listCitations: (page) => store.read((db) => listCitations(db, page)),
    listDocuments: (page) => store.read((db) => listDocumentsOf(db, page)),
    documentsWith: (search) => store.read((db) => documentsWith(db, store.pairs, search)),
    evidence: (id) => store.read((db) => evidenceOf(db, id)),
    decide: (decision) => store.write((db) => decide(db, decision)),
    undo: (decision, by) => store.write((db) => undoDecision(db, decision, by)),
    decisions: (filter = {}) => store.read((db) => decisionsFor(db, filter)),
    // An id has some ten letters, and each letter costs a query.
    idsLike: (id) => store.read((db) => idsLike(db, id.trim().slice(0, 24))),
    runs: (filter) => store.read((db) => runRecords(db, filter)),
    activity: () => store.read(activityOf),
    sourceDefinition: (id) => store.read((db) => sourceDefinition(db, id)),
    failedRequests: (filter = {}) => store.read((db) => failedRequests(db, filter)),
    counts: () => store.read(countAll),
    readings: (places) => store.read((db) => readingsOf(db, places)),
    placesRead: (places) => store.read((db) => placesRead(db, places)),
    query: (sql, limit) => store.query(sql, limit),
  };
}
