// Names that are none: looked up in linear time, however long they are. A name of forty letters once took longer than the universe.
import { expect, it } from 'vitest';
import { loadCodebook } from '../../extractors/index.js';
import { nearestIndicators } from '../../extractors/nearest.js';
import { nearestPlaces, placeNamed } from '../../extractors/places/index.js';

it.each(['[', '县', '南京', '山东', '1'])('%s, repeated', (part) => {
  const codebook = loadCodebook('education');
  const begun = process.cpuUsage();
  for (const times of [1, 10, 20, 40, 5000]) {
    placeNamed(part.repeat(times));
    nearestPlaces(part.repeat(times));
    nearestIndicators(part.repeat(times), codebook);
  }
  const { user } = process.cpuUsage(begun);
  expect(user / 1e6).toBeLessThan(3);
});

it('parents are still understood', () => {
  expect(placeNamed('南京市鼓楼区').map(({ code }) => code)).toEqual(['320106']);
  expect(placeNamed('江苏南京鼓楼').map(({ code }) => code)).toEqual(['320106']);
});
