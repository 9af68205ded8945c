import type { Figure } from '../../../preload/contract/figures.ts';
import type { ScoredClasses } from '../scored.ts';
import type { SplitName } from './index.ts';

const mostClasses = 30;

/** Rows by actual and predicted class. With more than 30 classes: the 30 most frequent ones. */
export function confusion({ classes, confusion: cells, rows }: ScoredClasses, split: SplitName): Figure {
  const width = classes.length;
  const cell = (k: number, j: number): number => cells[k * width + j] ?? 0;
  const support = (k: number): number => classes.reduce((sum, _, j) => sum + cell(k, j), 0);
  const drawn = classes
    .map((_, k) => k)
    .toSorted((a, b) => support(b) - support(a))
    .slice(0, mostClasses)
    .toSorted((a, b) => a - b);
  const labels = drawn.map((k) => classes[k] ?? '');
  const worst = drawn
    .flatMap((k) => drawn.filter((j) => j !== k).map((j) => ({ k, j, n: cell(k, j) })))
    .reduce((most, next) => (next.n > most.n ? next : most), { k: 0, j: 0, n: 0 });
  return {
    id: 'confusion',
    title: 'Which classes are taken for which',
    split,
    x: { title: 'predicted class', unit: null },
    y: { title: 'actual class', unit: null },
    series: [
      { name: 'rows', kind: 'heat', x: labels, y: labels, z: drawn.map((k) => drawn.map((j) => cell(k, j))) },
    ],
    reading: worst.n
      ? `The most frequent mistake: ${worst.n} of ${rows} rows are "${classes[worst.k] ?? ''}" and taken for "${classes[worst.j] ?? ''}".`
      : 'No row was taken for another class.',
  };
}
