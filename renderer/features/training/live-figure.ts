import type { Figure } from '../../../preload/contract/figures.ts';
import { words } from './words.ts';

type Point = Readonly<Record<string, number>>;

const counters = ['step', 'epoch', 'iteration'];

/** The live points of a run as a learning curve; null while there are fewer than two. */
export function liveFigure(points: readonly Point[]): Figure | null {
  const drawn = points.filter((point) => counters.some((counter) => point[counter] !== undefined));
  if (drawn.length < 2) return null;
  const counter = counters.find((name) => drawn[0]?.[name] !== undefined) ?? 'step';
  const names = [...new Set(drawn.flatMap((point) => Object.keys(point)))].filter(
    (name) => !counters.includes(name),
  );
  const last = drawn.at(-1);
  return {
    id: 'learning-curve',
    title: words.live.figure,
    split: null,
    x: { title: counterWords(counter), unit: null },
    y: { title: words.live.loss, unit: null },
    series: names.map((name) => {
      const known = drawn.filter((point) => point[name] !== undefined);
      return {
        name: wordsOf(name),
        kind: 'line' as const,
        x: known.map((point) => point[counter] ?? 0),
        y: known.map((point) => point[name] ?? 0),
      };
    }),
    reading: names
      .map((name) => (last?.[name] === undefined ? '' : `${wordsOf(name)} ${last[name].toPrecision(4)}`))
      .filter(Boolean)
      .join(', '),
  };
}

function wordsOf(name: string): string {
  if (name === 'loss') return words.live.trainLoss;
  if (name === 'val_loss') return words.live.validationLoss;
  return name.replace(/^val_/, 'validation_').replaceAll('_', ' ');
}

function counterWords(counter: string): string {
  const { step, epoch, iteration } = words.live.counters;
  return { step, epoch, iteration }[counter] ?? counter;
}

/** How far the last point is: `epoch 12`; '' before there is one. */
export function lastCount(points: readonly Point[]): string {
  const last = points.at(-1);
  const counter = counters.find((name) => last?.[name] !== undefined);
  return counter === undefined ? '' : words.live.at(counterWords(counter), last?.[counter] ?? 0);
}
