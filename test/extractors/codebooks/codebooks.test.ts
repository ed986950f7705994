import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCodebook, shippedCodebooks } from '../../../extractors/codebooks/load.js';
import { countingUnits, measuredUnits } from '../../../extractors/codebooks/units.js';
import { parseWording } from '../../../extractors/codebooks/wording.js';
import { checkCodebook, compileCodebook, extract, loadCodebook, nearestIndicators } from '../../../extractors/index.js';
import { unitEntries } from '../../../extractors/lexicon/units.js';
import { packageRoot } from '../../../src/model/package-root.js';
import { documentOf } from '../../helpers/document.js';

const header = 'id: mine\nzh: 甲\nen: mine\n';
const places = `  - id: reading_rooms
    zh: 阅览室
    en: reading rooms
    definition: 建成的阅览室。
    dimension: count
    unit: 间
    stages: [all]
    wordings:
      - 阅览室 ~建成|新建
`;
const book = (rest: string) => `${header}indicators:\n${places}${rest}`;
const faultsOf = (source: string): string => {
  try {
    parseCodebook(source, 'mine.yaml');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the shipped codebooks', () => {
  it.each(shippedCodebooks)('%s loads without a fault and without a clash', (name) => {
    expect(checkCodebook(loadCodebook(name))).toEqual([]);
  });

  it('education holds the indicators, practices and standards of the field', () => {
    const { indicators, practices, standards } = loadCodebook('education');
    expect(indicators).toHaveLength(90);
    expect(practices).toHaveLength(50);
    const threshold = (indicator: string, stage: string, number: string) =>
      standards.find((each) => each.indicator === indicator && each.stage === stage && each.number === number);
    expect(threshold('teaching_floor_area_per_student', 'junior', '教督〔2017〕6号')).toMatchObject({
      operator: '>=',
      value: 5.8,
      appliesTo: 'school',
      certainty: 'read',
    });
    expect(threshold('inter_school_cv', 'primary', '教督〔2012〕3号')).toMatchObject({
      operator: '<=',
      value: 0.65,
      appliesTo: 'county',
      to: 2021,
    });
    for (const standard of standards) expect(standard.source.length, standard.indicator).toBeGreaterThan(3);
  });

  it('gives a standard only for a stage that its indicator is reported for', () => {
    const { indicators, standards } = loadCodebook('education');
    for (const { indicator, stage } of standards)
      expect(indicators.find(({ id }) => id === indicator)!.stages, indicator).toSatisfy(
        (stages: string[]) => stages.includes(stage) || stages.includes('all'),
      );
  });

  it.each(shippedCodebooks)('%s names only units that the grammar gives', (name) => {
    const given = new Set(unitEntries().map(([, { unit }]) => unit?.unit));
    const asked = loadCodebook(name).indicators.flatMap(({ unit, units = [] }) => [unit, ...units]);
    expect([...new Set(asked)].filter((unit) => unit !== '1' && !given.has(unit))).toEqual([]);
  });
});

it('the units that a codebook may name are units that the grammar gives', () => {
  const given = new Set(unitEntries().map(([, { unit }]) => unit?.unit));
  const allowed = [...countingUnits, ...Object.values(measuredUnits).flat()];
  expect([...new Set(allowed)].filter((unit) => unit !== '1' && !given.has(unit))).toEqual([]);
});

describe('a codebook of a user', () => {
  it('is read from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'codebook-')), 'mine.yaml');
    writeFileSync(file, book(''));
    expect(loadCodebook(file)).toMatchObject({ id: 'mine', file });
  });

  it('that is missing is an error with a cure', () => {
    expect(() => loadCodebook('/no/such/file.yaml')).toThrow(/\/no\/such\/file.yaml cannot be read/);
  });

  it('adds an indicator with one entry', () => {
    const shipped = readFileSync(join(packageRoot, 'extractors', 'codebooks', 'education.yaml'), 'utf8');
    const text = '全县建成图书漂流点17个。';
    const ids = (source: string) =>
      extract(documentOf(text), compileCodebook(parseCodebook(source, 'mine.yaml')), 'x').figures.map(
        ({ indicator }) => indicator,
      );
    expect(ids(shipped)).toEqual([undefined]);
    const entry = `indicators:
  - id: book_drift_points
    zh: 图书漂流点
    en: book drift points
    definition: 建成的图书漂流点。
    dimension: count
    unit: 个
    stages: [all]
    wordings: [图书漂流点]
`;
    expect(ids(shipped.replace('indicators:\n', entry))).toEqual(['book_drift_points']);
  });
});

describe('faults are refused with file, line and what was expected', () => {
  it.each([
    ['a field with a typo', book('').replace('wordings:', 'wording:'), /^mine.yaml:\d+: .*wording/m],
    [
      'an unknown unit',
      book('').replace('unit: 间', 'unit: 篮子'),
      /^mine.yaml:10: .*"篮子" is unknown for count; expected/m,
    ],
    ['an id twice', book(places), /^mine.yaml:14: indicators hold the id "reading_rooms" twice/m],
    [
      'an invalid wording',
      book('').replace('阅览室 ~建成', '(阅览室 ~建成'),
      /^mine.yaml:13: .*holds "\("; expected words/m,
    ],
    ['an invalid exclusion', book('    exclusions: ["甲||乙"]\n'), /^mine.yaml:14: .*empty alternative/m],
    [
      'a wording without a word beside the number',
      book('').replace('- 阅览室 ~建成', '- ~阅览室|建成'),
      /^mine.yaml:13: .*stands beside/m,
    ],
    ['a range upside down', book('    range: { min: 5, max: 2 }\n'), /^mine.yaml:14: .*expected min <= max/m],
    [
      'an unknown dimension',
      book('').replace('dimension: count', 'dimension: weight'),
      /^mine.yaml:9: .*expected one of money/m,
    ],
    ['no YAML', 'id: [', /^mine.yaml:\d+: not valid YAML/m],
  ])('%s', (_, source, message) => {
    expect(faultsOf(source)).toMatch(message);
  });

  it('a standard without a source, for an unknown indicator, in another unit', () => {
    const standard = (fields: string) =>
      book(`standards:
  - indicator: reading_rooms
    stage: all
    operator: ">="
    value: 1
    unit: 间
    appliesTo: school
    document: 办学标准
    number: 甲发〔2020〕1号
    from: 2020
    certainty: read
${fields}`);
    expect(faultsOf(standard('    source: 原文\n'))).toBe('');
    expect(faultsOf(standard(''))).toMatch(/^mine.yaml:15: source: .*missing/m);
    expect(
      faultsOf(standard('    source: 原文\n').replace('- indicator: reading_rooms', '- indicator: rooms')),
    ).toMatch(/^mine.yaml:15: the standard names the indicator "rooms"/m);
    expect(
      faultsOf(standard('    source: 原文\n').replace('    unit: 间\n    appliesTo', '    unit: 所\n    appliesTo')),
    ).toMatch(/^mine.yaml:19: .*expected the indicator's unit "间"/m);
  });

  it('all of them at once', () => {
    const source = book('').replace('unit: 间', 'unit: 篮子').replace('阅览室 ~建成', '阅览室( ~建成');
    expect(faultsOf(source).split('\n')).toHaveLength(2);
  });
});

describe('wordings that clash', () => {
  it('are listed with both lines', () => {
    const other = places.replace('reading_rooms', 'quiet_rooms').replace('阅览室 ~建成|新建', '静读室|阅览室');
    const first = places.replace('阅览室 ~建成|新建', '阅览室');
    const codebook = parseCodebook(`${header}indicators:\n${first}${other}`, 'mine.yaml');
    expect(checkCodebook(codebook)).toEqual([
      {
        line: 22,
        message: {
          en: expect.stringMatching(/"阅览室" of quiet_rooms also leads to reading_rooms \(line 13\)/),
          zh: expect.stringMatching(/“阅览室”也指向 reading_rooms（第 13 行）/),
        },
      },
    ]);
  });

  it('are none where the numbers are of different kinds', () => {
    const other = places.replace('reading_rooms', 'room_area').replace('count', 'area').replace('unit: 间', 'unit: m2');
    expect(checkCodebook(parseCodebook(book(other), 'mine.yaml'))).toEqual([]);
  });
});

describe('the language of wordings', () => {
  it('has near, context and not parts, and N for the number', () => {
    expect(parseWording('甲|乙 ~丙 !丁')).toMatchObject({
      parts: [{ kind: 'near' }, { kind: 'context' }, { kind: 'not' }],
    });
    expect(parseWording('辖N镇')).toMatchObject({ parts: [{ words: [{ text: '辖N镇', number: 1 }] }] });
    expect(parseWording('1+N帮扶')).toMatchObject({ parts: [{ words: [{ number: -1 }] }] });
  });

  it.each(['', 'N', '甲||乙', '甲~乙', '甲(乙)', '~甲'])('refuses %j', (written) => {
    expect(parseWording(written)).toBeTypeOf('string');
  });
});

it('offers the nearest indicators for one that is unknown', () => {
  const codebook = loadCodebook('education');
  const near = (name: string) => nearestIndicators(name, codebook).map(({ id }) => id);
  expect(near('new_school_place')).toContain('new_school_places');
  expect(near('巩固')).toContain('retention_rate');
  expect(near('zzzzzzzzzzzzzzzzzz')).toEqual([]);
});
