// The tables and views of a corpus as kysely sees them. What each column means is in schema.ts. JSON stands in text columns and is
// read and written where a row becomes a noun (rows.ts).
import type { Generated } from 'kysely';
import type { KeptRobots } from '../src/model/frontier.js';
import type { Outcome, RequestKind } from '../src/model/page.js';
import type { Place } from '../src/model/place.js';
import type { Accrual, Bound, Dimension, PracticeStatus, Status } from '../src/model/record.js';
import type { ReviewAction } from '../src/model/review.js';

interface SourceTable {
  id: string;
  name: string;
  place: string | null;
  definition: string;
}

interface RunTable {
  id: Generated<number>;
  source: string;
  started_at: string;
  ended_at: string | null;
  end_state: string | null;
  reason: string | null;
  pages: Generated<number>;
  bytes: Generated<number>;
}

interface HostGroupTable {
  group_key: string;
  next_at_ms: Generated<number>;
  backoff: Generated<number>;
  fails: Generated<number>;
  opened: Generated<number>;
  took_ms: Generated<number>;
  lease_owner: string | null;
  lease_process: string | null;
  lease_until_ms: Generated<number>;
}

interface HostTable {
  host: string;
  group_key: string;
  robots_state: KeptRobots['state'] | null;
  robots_text: string | null;
  robots_reason: string | null;
  robots_outcome: Outcome | null;
  robots_fetched_at_ms: number | null;
  robots_expires_at_ms: number | null;
  robots_tries: Generated<number>;
  tls_profile: string | null;
}

interface RequestTable {
  id: Generated<number>;
  run: number;
  url: string;
  form: string;
  kind: RequestKind;
  source: string;
  host: string;
  depth: number;
  priority: number;
  referrer: string | null;
  anchor: string | null;
  listed: string | null;
  family: string | null;
  list: string | null;
  state: 'waiting' | 'claimed' | 'done' | 'failed' | 'dropped';
  not_before_ms: Generated<number>;
  attempts: Generated<number>;
  claims: Generated<number>;
  lease_process: string | null;
  outcome: Outcome | null;
  reason: string | null;
}

interface PageTable {
  url: string;
  form: string;
  etag: string | null;
  last_modified: string | null;
  sha256: string | null;
  text_hash: string | null;
  first_seen: string;
  last_seen: string | null;
}

interface BodyTable {
  sha256: string;
  encoding: 'identity' | 'deflate';
  size: number;
  bytes: Uint8Array;
}

interface SnapshotTable {
  id: Generated<number>;
  run: number | null;
  source: string | null;
  kind: RequestKind;
  host: string | null;
  url: string;
  form: string;
  final_url: string;
  fetched_at: string;
  status: number | null;
  outcome: Outcome;
  reason: string | null;
  content_type: string | null;
  headers: string;
  sha256: string | null;
  text_hash: string | null;
  took_ms: number | null;
  settings: string;
  place: string | null;
  anchor: string | null;
  listed: string | null;
  referrer: string | null;
  depth: number;
}

interface UnreadTable {
  rank: number;
  snapshot: number;
}

interface ListPageTable {
  snapshot: number;
  run: number;
  list: string;
  url: string;
  family: string;
  items: number;
  items_hash: string;
  total: number | null;
  pages: number | null;
  problem: string | null;
}

interface PlaceTable {
  code: string;
  name: string;
  short: string;
  province: string;
  prefecture: string | null;
  level: Place['level'];
  valid_from: number | null;
  valid_to: number | null;
  successor: string | null;
}

interface DocumentTable {
  id: Generated<number>;
  snapshot: number;
  part: string;
  parts: number;
  url: string;
  origin: string;
  title: string | null;
  published: string | null;
  published_iso: string | null;
  signed: string | null;
  signed_iso: string | null;
  publisher: string | null;
  printed_source: string | null;
  author: string | null;
  document_number: string | null;
  index_number: string | null;
  addressees: string;
  genre: string;
  broken: string;
  format: string;
  encoding: string;
  script: string;
  text: string;
  way_back: string;
  blocks: string;
  mends: string;
  unmended: string;
  notes: string;
  attachments: string;
  place: string | null;
  place_reason: string;
  repeats: number | null;
  attached_to: number | null;
  superseded_by: number | null;
  extractor: string;
  codebook: string;
  simhash: string;
  length: number;
  band_0: number;
  band_1: number;
  band_2: number;
  band_3: number;
}

interface QuoteColumns {
  id: string;
  document: number;
  quote: string;
  sentence: string;
  text_start: number;
  text_end: number;
  original_start: number;
  original_end: number;
}

interface FigureTable extends QuoteColumns {
  dimension: Dimension;
  value: number;
  value_max: number | null;
  unit: string;
  bound: Bound;
  per: string;
  subject: string;
  action: string | null;
  stage: string;
  period_from: string | null;
  period_to: string | null;
  period_text: string | null;
  accrual: Accrual | null;
  status: Status;
  whole: string | null;
  of_figure: string | null;
  salience: 'core' | 'minor';
  place: string | null;
  indicator: string | null;
  indicator_reason: string | null;
  rules: string;
  confidence: number;
}

interface PracticeTable extends QuoteColumns {
  practice: string;
  status: PracticeStatus;
  place: string | null;
  period_from: string | null;
  period_to: string | null;
  rules: string;
  confidence: number;
}

interface PracticeFigureTable {
  practice: string;
  position: number;
  figure: string;
}

interface CitationTable extends QuoteColumns {
  title: string | null;
  number: string | null;
  issuer: string | null;
}

interface ScheduleTable {
  source: string;
  cron: string;
  timezone: string;
  jitter: number;
  due_at_ms: number;
  begins_at_ms: number;
  last_due_at_ms: number | null;
  last_run: number | null;
  lease_owner: string | null;
  lease_process: string | null;
  lease_until_ms: Generated<number>;
}

interface ReextractionTable {
  id: Generated<number>;
  started_at: string;
  ended_at: string | null;
  extractor: string;
  codebook: string;
  fingerprint: string;
  done_rank: Generated<number>;
  done_snapshot: Generated<number>;
  documents: Generated<number>;
}

interface FigureChangeTable {
  reextraction: number;
  document: number;
  position: number;
  kind: 'added' | 'removed' | 'changed';
  figure: string;
  quote: string;
  sentence: string;
  fields: string;
}

interface ReviewTable {
  id: Generated<number>;
  url: string;
  part: string;
  quote: string;
  sentence: string;
  value_key: string;
  read_as: string;
  action: ReviewAction;
  reviewer: string;
  decided_at: string;
  reason: string | null;
  correction: string | null;
  figure: string | null;
  standing: number;
  undone_at: string | null;
  undone_by: string | null;
}

/** The columns that a view adds to those of the record: its place and its document. */
interface InContext {
  place_name: string | null;
  province: string | null;
  title: string | null;
  document_date: string | null;
  genre: string;
  publisher: string | null;
  url: string;
  fetched_at: string;
}

type FigureView = Omit<
  FigureTable,
  | 'text_start'
  | 'text_end'
  | 'original_start'
  | 'original_end'
  | 'period_text'
  | 'whole'
  | 'of_figure'
  | 'indicator_reason'
  | 'rules'
> &
  InContext;

type PracticeView = Omit<PracticeTable, 'text_start' | 'text_end' | 'original_start' | 'original_end' | 'rules'> &
  InContext;

export interface Views {
  v_figures: FigureView;
  v_practices: PracticeView;
}

export interface Database extends Views {
  source: SourceTable;
  run: RunTable;
  host_group: HostGroupTable;
  host: HostTable;
  request: RequestTable;
  page: PageTable;
  body: BodyTable;
  snapshot: SnapshotTable;
  unread: UnreadTable;
  list_page: ListPageTable;
  place: PlaceTable;
  document: DocumentTable;
  figure: FigureTable;
  practice: PracticeTable;
  practice_figure: PracticeFigureTable;
  citation: CitationTable;
  schedule: ScheduleTable;
  reextraction: ReextractionTable;
  figure_change: FigureChangeTable;
  review: ReviewTable;
  migration: { name: string; timestamp: string };
  migration_lock: { id: string; is_locked: number };
}
