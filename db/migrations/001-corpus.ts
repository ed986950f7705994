// The first form of a corpus. A migration is never edited once it was released: the next change is the next file.
import { type Kysely, type Migration, sql } from 'kysely';
import type { DialectWords } from '../migrate.js';

/** Tables, indexes and views. `words` are the few words in which databases differ. */
export function firstCorpus({ id, integer, real, text, bytes, strict, keyed }: DialectWords): Migration {
  const quote = `quote ${text} not null, sentence ${text} not null,
    text_start ${integer} not null, text_end ${integer} not null,
    original_start ${integer} not null, original_end ${integer} not null`;
  const inContext = `document.id as document, document.title, ${dateOf} as document_date, document.genre, document.publisher,
    document.url, snapshot.fetched_at`;

  const statements = [
    `create table source (id ${text} primary key not null, name ${text} not null, place ${text}, definition ${text} not null)${strict}`,
    `create table run (
      id ${id}, source ${text} not null references source (id), started_at ${text} not null, ended_at ${text}, end_state ${text},
      reason ${text}, pages ${integer} not null default 0, bytes ${integer} not null default 0)${strict}`,
    // One unfinished run a source: two programs that start at once share it.
    'create unique index run_open on run (source) where ended_at is null',

    `create table host_group (
      group_key ${text} primary key not null, next_at_ms ${integer} not null default 0, backoff ${integer} not null default 0,
      fails ${integer} not null default 0, opened ${integer} not null default 0, took_ms ${integer} not null default 0,
      lease_owner ${text}, lease_process ${text}, lease_until_ms ${integer} not null default 0)${strict}`,
    `create table host (
      host ${text} primary key not null, group_key ${text} not null references host_group (group_key), robots_state ${text},
      robots_text ${text}, robots_reason ${text}, robots_outcome ${text}, robots_fetched_at_ms ${integer},
      robots_expires_at_ms ${integer}, robots_tries ${integer} not null default 0, tls_profile ${text})${strict}`,
    'create index host_by_group on host (group_key)',
    `create table request (
      id ${id}, run ${integer} not null references run (id), url ${text} not null, form ${text} not null, kind ${text} not null,
      source ${text} not null, host ${text} not null references host (host), depth ${integer} not null,
      priority ${integer} not null, referrer ${text}, anchor ${text}, listed ${text}, family ${text}, list ${text},
      state ${text} not null check (state in ('waiting', 'claimed', 'done', 'failed', 'dropped')),
      not_before_ms ${integer} not null default 0, attempts ${integer} not null default 0, claims ${integer} not null default 0,
      lease_process ${text}, outcome ${text}, reason ${text},
      unique (run, url, form))${strict}`,
    // What a host has open, in the order in which it is asked; a claim does not move its entry.
    `create index request_open on request (run, host, priority, id, not_before_ms) where state in ('waiting', 'claimed')`,
    `create table page (
      url ${text} not null, form ${text} not null, etag ${text}, last_modified ${text}, sha256 ${text}, text_hash ${text},
      first_seen ${text} not null, last_seen ${text}, primary key (url, form))${keyed}`,

    `create table body (
      sha256 ${text} primary key not null, encoding ${text} not null, size ${integer} not null, bytes ${bytes} not null)${strict}`,
    `create table snapshot (
      id ${id}, run ${integer} references run (id), source ${text}, kind ${text} not null, host ${text}, url ${text} not null, form ${text} not null,
      final_url ${text} not null, fetched_at ${text} not null, status ${integer}, outcome ${text} not null, reason ${text},
      content_type ${text}, headers ${text} not null, sha256 ${text} references body (sha256), text_hash ${text}, took_ms ${integer},
      settings ${text} not null, place ${text}, anchor ${text}, listed ${text}, referrer ${text}, depth ${integer} not null)${strict}`,
    'create index snapshot_by_url on snapshot (url, id)',
    'create index snapshot_by_final_url on snapshot (final_url) where final_url <> url',
    'create index snapshot_by_run on snapshot (run)',
    `create table unread (
      rank ${integer} not null, snapshot ${integer} not null references snapshot (id), primary key (rank, snapshot))${keyed}`,
    `create table list_page (
      snapshot ${integer} primary key not null references snapshot (id), run ${integer} not null references run (id), list ${text} not null,
      url ${text} not null, family ${text} not null, items ${integer} not null, items_hash ${text} not null, total ${integer},
      pages ${integer}, problem ${text})${strict}`,
    'create index list_page_by_run on list_page (run)',

    `create table place (
      code ${text} primary key not null, name ${text} not null, short ${text} not null, province ${text} not null, prefecture ${text},
      level ${text} not null, valid_from ${integer}, valid_to ${integer}, successor ${text})${strict}`,

    `create table document (
      id ${id}, snapshot ${integer} not null references snapshot (id), part ${text} not null, parts ${integer} not null,
      url ${text} not null, origin ${text} not null, title ${text}, published ${text}, published_iso ${text}, signed ${text}, signed_iso ${text},
      publisher ${text}, printed_source ${text}, author ${text}, document_number ${text}, index_number ${text}, addressees ${text} not null,
      genre ${text} not null, broken ${text} not null, format ${text} not null, encoding ${text} not null, script ${text} not null,
      text ${text} not null, way_back ${text} not null, blocks ${text} not null, mends ${text} not null, unmended ${text} not null,
      notes ${text} not null, attachments ${text} not null, place ${text}, place_reason ${text} not null,
      repeats ${integer} references document (id), attached_to ${integer} references document (id),
      superseded_by ${integer} references document (id), extractor ${text} not null, codebook ${text} not null,
      simhash ${text} not null, length ${integer} not null, band_0 ${integer} not null, band_1 ${integer} not null,
      band_2 ${integer} not null, band_3 ${integer} not null, unique (snapshot, part))${strict}`,
    'create index document_by_url on document (url, part)',
    'create index document_by_place on document (place)',
    'create index document_by_repeats on document (repeats) where repeats is not null',
    'create index document_by_attached_to on document (attached_to) where attached_to is not null',
    'create index document_by_superseded_by on document (superseded_by) where superseded_by is not null',
    ...[0, 1, 2, 3].map((band) => `create index document_by_band_${band} on document (band_${band})`),

    `create table figure (
      id ${text} primary key not null, document ${integer} not null references document (id), ${quote},
      dimension ${text} not null, value ${real} not null, value_max ${real}, unit ${text} not null, bound ${text} not null,
      per ${text} not null, subject ${text} not null, action ${text}, stage ${text} not null, period_from ${text}, period_to ${text},
      period_text ${text}, accrual ${text}, status ${text} not null, whole ${text}, of_figure ${text}, salience ${text} not null, place ${text},
      indicator ${text}, indicator_reason ${text}, rules ${text} not null, confidence ${real} not null)${strict}`,
    'create index figure_by_document on figure (document)',
    'create index figure_by_indicator on figure (indicator, place)',
    'create index figure_by_place on figure (place)',
    `create table practice (
      id ${text} primary key not null, document ${integer} not null references document (id), practice ${text} not null,
      status ${text} not null, place ${text}, period_from ${text}, period_to ${text}, ${quote}, rules ${text} not null,
      confidence ${real} not null)${strict}`,
    'create index practice_by_document on practice (document)',
    'create index practice_by_practice on practice (practice, place)',
    'create index practice_by_place on practice (place)',
    `create table practice_figure (
      practice ${text} not null references practice (id), position ${integer} not null,
      figure ${text} not null references figure (id), primary key (practice, position))${keyed}`,
    'create index practice_figure_by_figure on practice_figure (figure)',
    `create table citation (
      id ${text} primary key not null, document ${integer} not null references document (id), title ${text}, number ${text},
      issuer ${text}, ${quote})${strict}`,
    'create index citation_by_document on citation (document)',

    `create view v_figures as
      select figure.id, figure.place, place.name as place_name, place.province, figure.indicator, figure.dimension,
        figure.value, figure.value_max, figure.unit, figure.bound, figure.per, figure.subject, figure.action, figure.stage,
        figure.period_from, figure.period_to, figure.accrual, figure.status, figure.salience, figure.quote, figure.sentence,
        figure.confidence, ${inContext}
      from figure join document on document.id = figure.document join snapshot on snapshot.id = document.snapshot
        left join place on place.code = figure.place
      where document.superseded_by is null`,
    `create view v_practices as
      select practice.id, practice.place, place.name as place_name, place.province, practice.practice, practice.status,
        practice.period_from, practice.period_to, practice.quote, practice.sentence, practice.confidence, ${inContext}
      from practice join document on document.id = practice.document join snapshot on snapshot.id = document.snapshot
        left join place on place.code = practice.place
      where document.superseded_by is null`,
  ];

  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}

const dateOf = 'substr(coalesce(document.signed_iso, document.published_iso), 1, 10)';
