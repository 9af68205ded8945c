import { expect, test } from 'vitest';
import type { Associations } from '../../../../preload/contract/relations.ts';
import { associationCsv, associationFigure } from './association-figure.ts';

const none = null;
const associations: Associations = {
  rows: 10,
  columns: [
    { name: 'a', kind: 'number' },
    { name: 'b, "c"', kind: 'number' },
    { name: 'k', kind: 'category' },
  ],
  leftOut: [],
  pearson: [
    [1, -0.25, none],
    [-0.25, 1, none],
    [none, none, none],
  ],
  spearman: [
    [1, -0.5, none],
    [-0.5, 1, none],
    [none, none, none],
  ],
  cramersV: [
    [none, none, none],
    [none, none, none],
    [none, none, 1],
  ],
  correlationRatio: [
    [none, none, 0.125],
    [none, none, none],
    [0.125, none, none],
  ],
};

test('each pair is by the measure for its kinds; what cannot be said is empty', () => {
  expect(associationCsv(associations, 'spearman')).toBe(
    'column,with,measure,value\na,"b, ""c""",spearman,-0.5\na,k,correlationRatio,0.125\n"b, ""c""",k,correlationRatio,\n',
  );
  const { series } = associationFigure(associations, 'pearson', 'houses@1');
  expect(series[0]?.z).toEqual([
    [1, -0.25, 0.125],
    [-0.25, 1, NaN],
    [0.125, NaN, 1],
  ]);
});
