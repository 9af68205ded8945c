import { mean, selectQuantile, sum } from '../../math/index.ts';
import { defineNumberMetric, type Metric } from '../metric.ts';
import type { ScoredNumbers } from '../scored.ts';

const errors = ({ actual, predicted }: ScoredNumbers): Float64Array =>
  actual.map((value, i) => value - (predicted[i] ?? 0));
const absolute = (scored: ScoredNumbers): Float64Array => errors(scored).map(Math.abs);
const squares = (scored: ScoredNumbers): Float64Array => errors(scored).map((e) => e * e);

/** Smallest denominator of a relative error, as in scikit-learn: the double's machine epsilon. */
const epsilon = Number.EPSILON;

export const numberMetrics: readonly Metric[] = [
  defineNumberMetric({
    id: 'mean_absolute_error',
    title: 'Mean absolute error',
    doc: 'How far off a prediction is on average, in the unit of the target.',
    formula: 'mean |y - ŷ|',
    direction: 'lower',
    unit: 'target',
    working: '(10 + 10 + 30 + 0) / 4 = 12.5',
    of: (s) => mean(absolute(s)),
  }),
  defineNumberMetric({
    id: 'root_mean_squared_error',
    title: 'Root mean squared error',
    doc: 'Typical error in the unit of the target, with large errors counting more than in the mean absolute error.',
    formula: '√ mean (y - ŷ)²',
    direction: 'lower',
    unit: 'target',
    working: '√((10² + 10² + 30² + 0²) / 4) = 16.583',
    of: (s) => Math.sqrt(mean(squares(s))),
  }),
  defineNumberMetric({
    id: 'mean_squared_error',
    title: 'Mean squared error',
    doc: 'What many models minimise; its root is easier to read.',
    formula: 'mean (y - ŷ)²',
    direction: 'lower',
    unit: 'target squared',
    working: '(10² + 10² + 30² + 0²) / 4 = 275',
    of: (s) => mean(squares(s)),
  }),
  defineNumberMetric({
    id: 'r2',
    title: 'R²',
    doc: 'The share of the variation that the model explains: 1 is perfect, 0 is no better than the mean, below 0 is worse.',
    formula: '1 - Σ (y - ŷ)² / Σ (y - ȳ)²',
    direction: 'higher',
    unit: 'ratio',
    working: '1 - (10² + 10² + 30² + 0²) / (150² + 50² + 50² + 150²) = 0.978',
    of(s) {
      if (s.rows < 2) return { because: 'R² needs two rows or more' };
      const centre = mean(s.actual);
      const total = sum(s.actual.map((y) => (y - centre) ** 2));
      const residual = sum(squares(s));
      if (total === 0) return residual === 0 ? 1 : 0;
      return 1 - residual / total;
    },
  }),
  defineNumberMetric({
    id: 'mean_absolute_percentage_error',
    title: 'Mean absolute percentage error',
    doc: 'How far off a prediction is on average, as a share of the true value. Useless where true values come near zero.',
    formula: 'mean |y - ŷ| / |y|',
    direction: 'lower',
    unit: 'ratio',
    working: '(10 / 100 + 10 / 200 + 30 / 300 + 0 / 400) / 4 = 0.0625',
    of: (s) => mean(absolute(s).map((e, i) => e / Math.max(Math.abs(s.actual[i] ?? 0), epsilon))),
  }),
  defineNumberMetric({
    id: 'median_absolute_error',
    title: 'Median absolute error',
    doc: 'Half of the predictions are off by less than this; a few large errors do not move it.',
    formula: 'median |y - ŷ|',
    direction: 'lower',
    unit: 'target',
    working: 'the middle of 0, 10, 10, 30: (10 + 10) / 2 = 10',
    of: (s) => selectQuantile(absolute(s), 0.5),
  }),
  defineNumberMetric({
    id: 'max_error',
    title: 'Largest error',
    doc: 'The worst single prediction.',
    formula: 'max |y - ŷ|',
    direction: 'lower',
    unit: 'target',
    working: 'max(10, 10, 30, 0) = 30',
    of: (s) => absolute(s).reduce((most, e) => Math.max(most, e), 0),
  }),
];
