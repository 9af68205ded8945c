import type { Figure } from '../../../preload/contract/figures.ts';
import { mean, selectQuantile } from '../../math/index.ts';
import type { ScoredNumbers } from '../scored.ts';
import { sampleByDensity } from './sample-by-density.ts';
import { mostPoints } from './thin.ts';
import type { SplitName } from './index.ts';

const errorsOf = ({ actual, predicted }: ScoredNumbers): Float64Array =>
  actual.map((value, i) => value - (predicted[i] ?? 0));

/** What was missed (actual minus predicted) over what was predicted. */
export function residuals(scored: ScoredNumbers, split: SplitName, target: string): Figure {
  const errors = errorsOf(scored);
  const chosen = [...sampleByDensity(scored.predicted, errors, mostPoints)];
  const least = scored.predicted.reduce((low, value) => Math.min(low, value), Infinity);
  const most = scored.predicted.reduce((high, value) => Math.max(high, value), -Infinity);
  return {
    id: 'residuals',
    title: 'What the model misses, by what it predicts',
    split,
    x: { title: `predicted ${target}`, unit: null },
    y: { title: 'actual minus predicted', unit: null },
    series: [
      { name: 'no error', kind: 'line', x: [least, most], y: [0, 0] },
      {
        name: chosen.length < scored.rows ? `${chosen.length} of ${scored.rows} rows` : 'rows',
        kind: 'points',
        x: chosen.map((i) => scored.predicted[i] ?? 0),
        y: chosen.map((i) => errors[i] ?? 0),
      },
    ],
    reading:
      'A good model leaves a shapeless band around zero. A curve means that something was not learned; a fan means that large values are less certain.',
  };
}

const bins = 40;

/** How often each size of error occurs. Bins span the central 99 %; what lies beyond is counted in the outermost ones. */
export function residualHistogram(scored: ScoredNumbers, split: SplitName, target: string): Figure {
  const errors = errorsOf(scored);
  const low = selectQuantile(Float64Array.from(errors), 0.005);
  const high = selectQuantile(Float64Array.from(errors), 0.995);
  const width = (high - low) / bins || 1;
  const counts = Array.from({ length: bins }, () => 0);
  for (const error of errors) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((error - low) / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const centre = mean(errors);
  return {
    id: 'residual-histogram',
    title: 'How large the errors are',
    split,
    x: { title: `actual minus predicted ${target}`, unit: null },
    y: { title: 'rows', unit: null },
    series: [{ name: 'rows', kind: 'bars', x: counts.map((_, i) => low + (i + 0.5) * width), y: counts }],
    reading: `The mean error is ${Number(centre.toPrecision(3))}: ${centre > 0 ? 'on the whole predictions are too low' : 'on the whole predictions are too high'}.`,
  };
}
