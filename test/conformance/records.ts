// What every corpus tells of its records, and to those who ask it by SQL: one suite of behaviour, run by the test of each database.
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../db/corpus.js';
import { documentOf } from '../helpers/document.js';
import { citationOf, figureOf, practiceOf } from './samples.js';
import { type MakePlace, useStudy } from './study.js';

/** Runs the suite on corpora that `makePlace` makes room for. */
export function describeRecords(name: string, makePlace: MakePlace): void {
  describe(`a corpus in ${name}`, () => {
    const study = useStudy(makePlace);

    describe('records', () => {
      it('come back whole, with their evidence', async () => {
        const plain = { value: 7 };
        const full = {
          value: 0.045,
          value_max: 0.05,
          per: ['学生', '年'],
          action: '投入',
          stage: ['primary' as const, 'junior' as const],
          period: { from: '2024-01', to: '2024-06' },
          period_text: '上半年',
          accrual: 'flow' as const,
          indicator_reason: 'words',
        };
        const id = await study.store('text', {
          recordsOf: (document) => ({
            figures: [
              figureOf(document, 1, plain),
              figureOf(document, 2, { ...full, whole: `${document}-001`, of: `${document}-001` }),
              figureOf(document, 3, { stage: 'primary' }),
            ],
            practices: [
              practiceOf(document, 1, {
                figures: [`${document}-002`, `${document}-001`],
                period: { from: '2024', to: '2024' },
              }),
            ],
            citations: [citationOf(document)],
          }),
        });
        const record = async (suffix: string) => (await study.corpus.evidence(`${id}-${suffix}`))?.record;
        expect(await record('001')).toEqual(figureOf(id, 1, plain));
        expect(await record('002')).toEqual(figureOf(id, 2, { ...full, whole: `${id}-001`, of: `${id}-001` }));
        expect(await record('003')).toEqual(figureOf(id, 3, { stage: 'primary' }));
        expect(await record('p01')).toEqual(
          practiceOf(id, 1, { figures: [`${id}-002`, `${id}-001`], period: { from: '2024', to: '2024' } }),
        );
        expect(await record('c01')).toEqual(citationOf(id));
        expect(await study.corpus.evidence(`${id}-p01`)).toMatchObject({
          type: 'practice',
          document: { id },
          repeatedBy: [],
        });
        expect(await study.corpus.evidence(`${id}-009`)).toBeNull();
      });

      it('leave absent what is absent', async () => {
        const { place: _place, indicator: _indicator, ...bare } = figureOf(1, 1);
        const id = await study.store('text', {
          recordsOf: (document) => ({ figures: [{ ...bare, id: `${document}-001` }] }),
        });
        expect((await study.corpus.evidence(`${id}-001`))!.record).toEqual({ ...bare, id: `${id}-001` });
      });

      it('are chosen for a comparison by place and indicator', async () => {
        const id = await study.store('text', {
          document: documentOf('text', { title: '标题', signedIso: '2024-05-20', publishedIso: '2024-06-01T08:30' }),
          recordsOf: (document) => {
            const { indicator: _none, ...open } = figureOf(document, 4);
            return {
              figures: [
                figureOf(document, 1),
                figureOf(document, 2, { indicator: 'teachers' }),
                figureOf(document, 3, { place: '990102' }),
                open,
              ],
              practices: [practiceOf(document, 1), practiceOf(document, 2, { place: '990102', practice: 'meals' })],
            };
          },
        });
        const ids = async (filter?: Parameters<Corpus['figures']>[0]) =>
          (await study.corpus.figures(filter)).map((figure) => figure.id.split('-')[1]);
        expect(await ids()).toEqual(['001', '002', '003']);
        expect(await ids({ withIndicator: false })).toEqual(['001', '002', '003', '004']);
        expect(await ids({ places: ['990101'] })).toEqual(['001', '002']);
        expect(await ids({ indicators: ['teachers'] })).toEqual(['002']);
        expect(await ids({ places: ['990102'], indicators: ['teachers'] })).toEqual([]);
        expect(await ids({ places: [] })).toEqual([]);
        expect((await study.corpus.practices({ places: ['990102'] })).map((practice) => practice.id)).toEqual([
          `${id}-p02`,
        ]);
        expect((await study.corpus.practices({ practices: ['shared_teachers'] })).map((each) => each.id)).toEqual([
          `${id}-p01`,
        ]);
        expect((await study.corpus.figures())[0]).toMatchObject({
          documentId: id,
          documentTitle: '标题',
          documentDate: '2024-05-20',
          url: '/study/text.txt',
          stage: [],
          per: [],
          valueMax: null,
          period: null,
        });
      });

      it('may name places that the corpus does not know', async () => {
        await study.store('text', {
          recordsOf: (id) => ({ place: '999999', figures: [figureOf(id, 1, { place: '999999' })] }),
        });
        const names = async () => (await study.corpus.query('select place, place_name from v_figures', 9)).rows;
        expect(await names()).toEqual([['999999', null]]);
        const place = {
          code: '999999',
          name: '例县',
          short: '例',
          province: '例省',
          prefecture: null,
          level: 'county' as const,
        };
        await study.corpus.knowPlaces([place]);
        await study.corpus.knowPlaces([{ ...place, name: '新例县', validFrom: 2020 }]);
        expect(await names()).toEqual([['999999', '新例县']]);
      });

      it('are found by the beginning of their id', async () => {
        const id = await study.store('text', {
          recordsOf: (document) => ({
            figures: [1, 2, 3, 4, 5, 6].map((number) => figureOf(document, number)),
            practices: [practiceOf(document, 1)],
          }),
        });
        expect(await study.corpus.idsLike(`${id}-p`)).toEqual([`${id}-p01`]);
        expect(await study.corpus.idsLike(`${id}-p09`)).toEqual([`${id}-p01`]);
        expect(await study.corpus.idsLike(`${id}-00`)).toHaveLength(5);
        expect(await study.corpus.idsLike('%')).toEqual([]);
        expect(await study.corpus.idsLike('')).toEqual([]);
      });
    });

    it('tells how far each place was read', async () => {
      await study.store('one', {
        recordsOf: (id) => ({ place: '990101', figures: [figureOf(id, 1, { place: '990102' })] }),
      });
      const two = await study.store('two', { recordsOf: () => ({ place: '990101' }) });
      await study.store('copy of two', { repeats: two });
      await study.corpus.frontier.openRun({ id: 'three', name: 'three', place: '990103', definition: '{}' }, 0);
      expect(await study.corpus.readings()).toEqual([
        { place: '990101', documents: 2, failures: 0 },
        { place: '990102', documents: 1, failures: 0 },
        { place: '990103', documents: 0, failures: 0 },
      ]);
      expect((await study.corpus.placesRead(['990103', '990102', '990101', '990104'])).sort()).toEqual([
        '990101',
        '990102',
      ]);
      expect(await study.corpus.placesRead([])).toEqual([]);
    });

    describe('SQL of users', () => {
      it('reads, with columns and a limit', async () => {
        await study.store('a');
        await study.store('b');
        const { columns, rows, more } = await study.corpus.query(
          'select id, text as words from document order by id',
          1,
        );
        expect(columns).toEqual(['id', 'words']);
        expect(rows).toHaveLength(1);
        expect(more).toBe(true);
        expect(await study.corpus.query('-- a remark\n select 1 as one', 1)).toEqual({
          columns: ['one'],
          rows: [[1]],
          more: false,
        });
      });

      it.each([
        'delete from document',
        'insert into place (code) values (1) returning code',
        'with gone as (select 1) delete from document',
        'update document set title = 1 returning id',
        'drop table figure',
        'select 1; delete from document',
        'begin',
        '',
        'no sql at all',
        'select nothing from nowhere',
      ])('refuses %j', async (statement) => {
        await study.store('a');
        await expect(study.corpus.query(statement, 10)).rejects.toMatchObject({ name: 'UsageError' });
        expect((await study.corpus.counts()).documents).toBe(1);
      });
    });
  });
}
