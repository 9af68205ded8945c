import type { Figure } from '../../../preload/contract/figures.ts';
import type { ScoredNumbers } from '../scored.ts';
import { sampleByDensity } from './sample-by-density.ts';
import { mostPoints } from './thin.ts';
import type { SplitName } from './index.ts';

/** Each row's prediction over its true value, with the line where they agree. */
export function predictedActual(
  { actual, predicted, rows }: ScoredNumbers,
  split: SplitName,
  target: string,
): Figure {
  const chosen = [...sampleByDensity(actual, predicted, mostPoints)];
  const ends = [actual, predicted].map((values) => [
    values.reduce((least, value) => Math.min(least, value), Infinity),
    values.reduce((most, value) => Math.max(most, value), -Infinity),
  ]);
  const low = Math.min(...ends.map(([least = 0]) => least));
  const high = Math.max(...ends.map(([, most = 0]) => most));
  const above = predicted.reduce((count, value, i) => count + (value > (actual[i] ?? 0) ? 1 : 0), 0);
  return {
    id: 'predicted-actual',
    title: `Predicted against actual ${target}`,
    split,
    x: { title: `actual ${target}`, unit: null },
    y: { title: `predicted ${target}`, unit: null },
    series: [
      { name: 'agreement', kind: 'line', x: [low, high], y: [low, high] },
      {
        name: chosen.length < rows ? `${chosen.length} of ${rows} rows` : 'rows',
        kind: 'points',
        x: chosen.map((i) => actual[i] ?? 0),
        y: chosen.map((i) => predicted[i] ?? 0),
      },
    ],
    reading: `Points on the line are right. ${Math.round((100 * above) / rows)} % of the rows are predicted too high.`,
  };
}
