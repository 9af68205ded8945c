import { expect, test } from 'vitest';
import { matchPath, objectPath } from './match.ts';
import { pathOf } from './router.ts';

test('parameters, optional ones, and what does not fit', () => {
  expect(matchPath('/data/:dataset/:tab?', '/data/houses@3')).toEqual({ dataset: 'houses@3' });
  expect(matchPath('/data/:dataset/:tab?', '/data/houses@3/history')).toEqual({
    dataset: 'houses@3',
    tab: 'history',
  });
  expect(matchPath('/data', '/data/houses')).toBeNull();
  expect(matchPath('/data/:dataset', '/data')).toBeNull();
  expect(matchPath('/', '/')).toEqual({});
});

test('escaped parts come back as they were', () => {
  const ref = 'a b/c@2%';
  expect(matchPath('/lineage/:id', pathOf('lineage', ref))).toEqual({ id: ref });
  expect(pathOf('data', 'houses@3')).toBe('/data/houses@3');
  expect(matchPath('/lineage/:id', '/lineage/%E0%A4%A')).toEqual({ id: '%E0%A4%A' });
});

test('the address of an object is without the part of it that is looked at', () => {
  expect(objectPath('/data/:dataset/:tab?', '/data/houses@3/history')).toBe('/data/houses@3');
  expect(objectPath('/runs/compare/:a/:b', '/runs/compare/1/2')).toBe('/runs/compare/1/2');
});
