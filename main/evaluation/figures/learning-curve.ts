import type { Figure } from '../../../preload/contract/figures.ts';
import type { HistoryPoint } from '../../models/index.ts';
import { spread } from './thin.ts';

const names: Record<string, string> = { loss: 'training', val_loss: 'validation' };

/** Loss by epoch or iteration; nothing for families that do not learn in steps. */
export function learningCurve(history: readonly HistoryPoint[]): Figure[] {
  if (history.length < 2) return [];
  const points = spread(history.length, 1000).flatMap((i) => history[i] ?? []);
  const keys = [...new Set(history.flatMap((point) => Object.keys(point)))].filter((key) => key in names);
  if (keys.length === 0) return [];
  const series = keys.map((key) => {
    const known = points.filter((point) => point[key] !== undefined);
    return {
      name: names[key] ?? key,
      kind: 'line' as const,
      x: known.map((point) => point.step),
      y: known.map((point) => point[key] ?? 0),
    };
  });
  return [
    {
      id: 'learning-curve',
      title: 'How it learned',
      split: null,
      x: { title: 'step', unit: null },
      y: { title: 'loss', unit: null },
      series,
      reading: readingOf(series),
    },
  ];
}

interface Line {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

function readingOf(lines: readonly Line[]): string {
  const validation = lines.find(({ name }) => name === 'validation');
  if (validation === undefined) {
    const [first = 0, last = 0] = [lines[0]?.y[0], lines[0]?.y.at(-1)];
    return `The training loss went from ${Number(first.toPrecision(4))} to ${Number(last.toPrecision(4))} in ${lines[0]?.x.at(-1) ?? 0} steps.`;
  }
  const lowest = validation.y.indexOf(Math.min(...validation.y));
  return `The validation loss was lowest at step ${validation.x[lowest] ?? 0}; where the two lines part, the model starts to learn the training rows by heart.`;
}
