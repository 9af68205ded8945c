import type { Figure } from '../../../preload/contract/figures.ts';
import { quantileSorted } from '../../math/index.ts';
import { positiveClass, type ScoredClasses } from '../scored.ts';
import type { SplitName } from './index.ts';

/** Predicted probability against what happened, in ten groups of equally many rows. For several classes: of the most likely class. */
export function calibration(
  { classes, actual, predicted, probabilities, rows }: ScoredClasses,
  split: SplitName,
): Figure {
  const width = classes.length;
  const binary = width === 2;
  const classOf = (row: number): number => (binary ? positiveClass : (predicted[row] ?? 0));
  const probability = (row: number): number => probabilities[row * width + classOf(row)] ?? 0;
  const chances = Float64Array.from({ length: rows }, (_, row) => probability(row));
  const points = quantileBins(chances, (row) => actual[row] === classOf(row));
  const worst = points.reduce((most, point) =>
    Math.abs(point.said - point.happened) > Math.abs(most.said - most.happened) ? point : most,
  );
  return {
    id: 'calibration',
    title: binary
      ? `Can its probabilities of "${classes[positiveClass] ?? ''}" be taken at their word?`
      : 'Can its probabilities be taken at their word?',
    split,
    x: { title: 'predicted probability', unit: null },
    y: { title: binary ? 'share that was so' : 'share that was right', unit: null },
    series: [
      { name: 'agreement', kind: 'line', x: [0, 1], y: [0, 1] },
      {
        name: `${points.length} groups of rows`,
        kind: 'points',
        x: points.map(({ said }) => said),
        y: points.map(({ happened }) => happened),
        counts: points.map(({ count }) => count),
      },
    ],
    reading: `On the line, what is said with 70 % happens in 70 % of cases. Furthest off: said ${Math.round(100 * worst.said)} %, happened ${Math.round(100 * worst.happened)} % of ${worst.count} rows.`,
  };
}

interface CalibrationBin {
  /** Mean predicted probability. */
  readonly said: number;
  /** Share of rows for which it came true. */
  readonly happened: number;
  readonly count: number;
}

/**
 * Ten bins between the deciles of the predicted probability, as scikit-learn's calibration_curve(strategy='quantile'):
 * a value on an edge belongs to the bin below; empty bins are left out.
 */
export function quantileBins(said: Float64Array, happened: (row: number) => boolean): CalibrationBin[] {
  const sorted = said.slice().sort();
  const edges = Array.from({ length: 9 }, (_, i) => quantileSorted(sorted, (i + 1) / 10));
  const bins = Array.from({ length: 10 }, () => ({ said: 0, happened: 0, count: 0 }));
  said.forEach((value, row) => {
    let at = 0;
    while (at < 9 && edges[at]! < value) at++;
    const bin = bins[at]!;
    bin.said += value;
    bin.happened += happened(row) ? 1 : 0;
    bin.count += 1;
  });
  return bins
    .filter(({ count }) => count > 0)
    .map((bin) => ({ said: bin.said / bin.count, happened: bin.happened / bin.count, count: bin.count }));
}
