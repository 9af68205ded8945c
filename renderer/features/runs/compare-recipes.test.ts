import { expect, test } from 'vitest';
import { differences } from './compare-recipes.ts';

test('only what differs, with its path', () => {
  const a = {
    target: 'price',
    family: 'linear',
    params: { alpha: 1 },
    steps: [{ step: 'impute' }, { step: 'scale' }],
  };
  const b = {
    target: 'price',
    family: 'network',
    params: { epochs: 5 },
    steps: [{ step: 'impute', method: 'mean' }],
  };
  expect(differences(a, b)).toEqual([
    { what: 'family', a: 'linear', b: 'network' },
    { what: 'params.alpha', a: '1', b: 'none' },
    { what: 'params.epochs', a: 'none', b: '5' },
    { what: 'steps[0].method', a: 'none', b: 'mean' },
    { what: 'steps[1]', a: '{"step":"scale"}', b: 'none' },
  ]);
  expect(differences(a, structuredClone(a))).toEqual([]);
});

test('lists of names are one value', () => {
  expect(differences({ features: ['a', 'b'] }, { features: ['a'] })).toEqual([
    { what: 'features', a: 'a, b', b: 'a' },
  ]);
});
