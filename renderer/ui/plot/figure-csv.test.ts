import { expect, test } from 'vitest';
import type { Figure } from '../../../preload/contract/figures.ts';
import { figureCsv } from './figure-csv.ts';
import { plotColours } from './colours.ts';
import { tracesOf } from './traces.ts';

const confusion: Figure = {
  id: 'confusion',
  title: 'Which classes are taken for which?',
  split: 'test',
  x: { title: 'predicted', unit: null },
  y: { title: 'actual', unit: null },
  series: [
    {
      name: 'rows',
      kind: 'heat',
      x: ['bad', 'good, "fine"'],
      y: ['bad', 'good'],
      z: [
        [3, 1],
        [0, 9],
      ],
    },
  ],
  reading: '',
};

test('a matrix is one line a cell, with text quoted where it must be', () => {
  expect(figureCsv(confusion)).toBe(
    'series,predicted,actual,value\nrows,bad,bad,3\nrows,"good, ""fine""",bad,1\nrows,bad,good,0\nrows,"good, ""fine""",good,9\n',
  );
});

test('points keep the rows behind them', () => {
  const figure: Figure = {
    ...confusion,
    id: 'calibration',
    series: [{ name: 'test', kind: 'line', x: [0.1, 0.9], y: [0.2, 0.8], counts: [12, 30] }],
  };
  expect(figureCsv(figure)).toBe('series,predicted,actual,rows\ntest,0.1,0.2,12\ntest,0.9,0.8,30\n');
});

test('a split has the same colour in every chart, whatever its place', () => {
  const colours = plotColours('light');
  const colourOf = (names: string[], at: number) => {
    const series = names.map((name) => ({ name, kind: 'line' as const, x: [1, 2], y: [1, 2] }));
    const line = tracesOf({ ...confusion, series }, colours)[at]?.['line'] as { color: string };
    return line.color;
  };
  expect(colourOf(['train', 'validation'], 1)).toBe(colourOf(['validation', 'test'], 0));
  expect(colourOf(['train', 'validation'], 0)).not.toBe(colourOf(['train', 'validation'], 1));
});
