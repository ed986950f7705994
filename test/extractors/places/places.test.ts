import { describe, expect, it } from 'vitest';
import {
  allPlaces,
  nearestPlaces,
  placeNamed,
  placeOfFigure,
  resolveDocumentPlace,
} from '../../../extractors/places/index.js';
import type { Document } from '../../../src/model/document.js';
import { documentOf } from '../../helpers/document.js';

const codes = (name: string) => placeNamed(name).map(({ code }) => code);

describe('the list of places', () => {
  it('holds all counties of today with their parents', () => {
    const today = allPlaces().filter(({ level, validTo }) => level === 'county' && (validTo ?? 9999) > 2023);
    expect(today.length).toBeGreaterThan(2950);
    expect(placeNamed('371083')).toMatchObject([
      { name: '乳山市', short: '乳山', prefecture: '威海市', province: '山东省' },
    ]);
    expect(placeNamed('419001')).toMatchObject([{ name: '济源市', prefecture: null, province: '河南省' }]);
    expect(
      new Set(
        allPlaces()
          .filter((p) => p.validTo === undefined)
          .map((p) => p.code),
      ).size,
    ).toBe(allPlaces().filter((p) => p.validTo === undefined).length);
  });

  it('finds names in full, short, with parents, and shared ones several times', () => {
    expect(codes('乳山')).toEqual(['371083']);
    expect(codes('阳谷县')).toEqual(['371521']);
    expect(codes('鼓楼区')).toEqual(['320106', '320302', '350102', '410204']);
    expect(codes('南京市鼓楼区')).toEqual(['320106']);
    expect(codes('山东乳山')).toEqual(['371083']);
    expect(codes('双江')).toEqual(['530925']);
    expect(codes('神农架')).toEqual(['429021']);
    expect(codes('没有的县')).toEqual([]);
  });

  it('knows changes with their years', () => {
    expect(placeNamed('开县')).toMatchObject([{ code: '500234', validTo: 2016, successor: '500154' }]);
    expect(placeNamed('开州区')).toMatchObject([{ code: '500154', validFrom: 2016 }]);
    expect(placeNamed('寿县')).toMatchObject([{ code: '340422', validFrom: 2015 }]);
    expect(placeNamed('341521')).toMatchObject([{ name: '寿县', validTo: 2015 }]);
    expect(placeNamed('莱城区')).toMatchObject([{ code: '371202', validTo: 2018, successor: '370116' }]);
  });

  it('leads every former unit to one of today', () => {
    const known = new Set(allPlaces().map(({ code }) => code));
    for (const place of allPlaces()) if (place.successor) expect(known, place.name).toContain(place.successor);
  });

  it('offers the nearest names for one that is unknown', () => {
    expect(nearestPlaces('汝山市').map(({ name }) => name)[0]).toBe('乳山市');
    expect(nearestPlaces('阳古县', 3).map(({ name }) => name)).toContain('阳谷县');
    expect(nearestPlaces('xyz')).toEqual([]);
  });
});

const placeOf = (text: string, fields: Partial<Document> = {}) => resolveDocumentPlace(documentOf(text, fields));

describe('the county of a document', () => {
  it('takes the title before the publisher', () => {
    const found = placeOf('全市新增学位900个。', { title: '荣成市扩大学位供给', publisher: '乳山市教育和体育局' });
    expect(found).toMatchObject({ place: '371082', reason: expect.stringContaining('title names 荣成市') });
  });

  it('takes a bare name with a second clue, and not without', () => {
    expect(placeOf('乳山市新建学校3所。', { title: '乳山:好学校就在身边' }).place).toBe('371083');
    expect(placeOf('在威海率先完成。', { title: '乳山:好学校就在身边' }).place).toBe('371083');
    expect(placeOf('新建学校3所。', { title: '乳山:好学校就在身边', placeHint: '371083' }).place).toBe('371083');
    const open = placeOf('新建学校3所。', { title: '乳山:好学校就在身边' });
    expect(open.place).toBeUndefined();
    expect(open.reason).toMatch(/乳山 without a second clue/);
  });

  it('leaves a shared name open, and takes the parent as second clue', () => {
    const open = placeOf('我区新建学校3所。', { title: '鼓楼区教育工作总结' });
    expect(open.place).toBeUndefined();
    expect(open.reason).toMatch(/several counties/);
    expect(placeOf('我区新建学校3所。', { title: '南京市鼓楼区教育工作总结' }).place).toBe('320106');
    expect(placeOf('徐州市教育局来访。我区新建学校3所。', { title: '鼓楼区教育工作总结' }).place).toBe('320302');
  });

  it('says so where the title names a district that many cities have', () => {
    const open = placeOf('我区新增学位900个。', { title: '城关区教育工作总结' });
    expect(open.place).toBeUndefined();
    expect(open.reason).toMatch(/城关区 is the name of several counties/);
    expect(placeOf('我区新增学位900个。', { title: '城关区教育工作总结', placeHint: '620102' }).place).toBe('620102');
    expect(placeOf('我区新增学位900个。', { title: '兰州市城关区教育工作总结' }).place).toBe('620102');
  });

  it('takes the publisher where nothing else names a county', () => {
    expect(placeOf('全县实行就近入学。', { title: '关于招生工作的通知', publisher: '阳谷县教育和体育局' }).place).toBe(
      '371521',
    );
  });

  it('takes the hint where the text names nobody, and the text where it speaks of another county', () => {
    expect(placeOf('全县新建学校3所。', { placeHint: '371521' }).place).toBe('371521');
    expect(
      placeOf('阳谷县新建学校3所。阳谷县投入2亿元。', { title: '阳谷县办学条件改善', placeHint: '371522' }).place,
    ).toBe('371521');
  });

  it('accepts an invented county of its source', () => {
    expect(placeOf('全县新建学校3所。', { title: '乳山市来访', placeHint: '990101' })).toMatchObject({
      place: '990101',
    });
  });

  it('uses the unit of the year', () => {
    expect(placeOf('开县新建学校3所。', { title: '开县2012年教育工作总结', publishedIso: '2013-01-08' }).place).toBe(
      '500234',
    );
    expect(placeOf('开州区新建学校3所。', { title: '开州区教育工作', publishedIso: '2020-12-23' }).place).toBe(
      '500154',
    );
  });

  it('does not take ranks and zones for places', () => {
    expect(placeOf('市级骨干教师3名,片区教研5次,建成示范区2个,完成县级培训。').place).toBeUndefined();
    expect(placeOf('打开县域发展新局面。').place).toBeUndefined();
  });

  it('is the prefecture where title and text name no county', () => {
    expect(placeOf('全市新建学校3所。', { title: '威海市教育事业统计公报' }).place).toBe('371000');
  });

  it('stays open without any place', () => {
    expect(placeOf('新建学校3所。')).toMatchObject({ reason: 'open: no county is named' });
  });
});

/** The county of the figure that is written as `quote`. */
function figurePlace(text: string, quote: string, fields: Partial<Document> = {}): string | undefined {
  const document = documentOf(text, fields);
  const start = document.text.indexOf(quote);
  return placeOfFigure(document, { start, end: start + quote.length }, resolveDocumentPlace(document));
}

describe('the county of a figure', () => {
  const several = '威海市各地加快建设。荣成市新建学校11所,文登区新建学校7所,乳山市新建学校5所。\n乳山市还投入3.3亿元。';
  it('is its own in a text on several counties', () => {
    const fields = { title: '威海市各地加快学校建设' };
    expect(figurePlace(several, '11所', fields)).toBe('371082');
    expect(figurePlace(several, '7所', fields)).toBe('371003');
    expect(figurePlace(several, '5所', fields)).toBe('371083');
    expect(figurePlace(several, '3.3亿元', fields)).toBe('371083');
  });

  it('stays the document’s where another county is only helped, met or learnt from', () => {
    const text = '我市选派教师赴荣成市跟岗21名,与文登区结对学校6所。';
    expect(figurePlace(text, '21名', { title: '乳山市教育工作' })).toBe('371083');
    expect(figurePlace(text, '6所', { title: '乳山市教育工作' })).toBe('371083');
  });

  it('follows pronouns after the level of the county', () => {
    const district = { title: '淄川区教育工作总结' };
    expect(figurePlace('全区新建学校11所。全市新建学校99所。', '11所', district)).toBe('370302');
    expect(figurePlace('全区新建学校11所。全市新建学校99所。', '99所', district)).toBe('370300');
    expect(figurePlace('全市新建学校99所。', '99所', { title: '乳山市教育工作总结' })).toBe('371083');
    expect(figurePlace('全市新建学校99所。', '99所', { title: '重庆市开州区教育工作总结' })).toBe('500000');
  });

  it('is the county that heads the row of a table', () => {
    const text = '荣成市\n11\n乳山市\n5';
    const cell = (words: string, row: number, column: number) => {
      const start = text.indexOf(words);
      return { kind: 'cell' as const, table: 0, row, column, start, end: start + words.length };
    };
    const blocks = [cell('荣成市', 0, 0), cell('11', 0, 1), cell('乳山市', 1, 0), cell('5', 1, 1)];
    expect(figurePlace(text, '11', { text, blocks })).toBe('371082');
    expect(figurePlace(text, '5', { text, blocks })).toBe('371083');
  });
});
