import { mean, selectQuantile, sum } from '../../math/index.ts';
import { defineNumberMetric, type Metric, type Undefined } from '../metric.ts';
import type { ScoredNumbers } from '../scored.ts';

/** Mean of `of(y, ŷ)` over the rows, where each row is in the range for which it is defined. */
function meanWhere(
  { actual, predicted }: ScoredNumbers,
  range: { readonly actual: (y: number) => boolean; readonly predicted: (y: number) => boolean },
  words: string,
  of: (y: number, hat: number) => number,
): number | Undefined {
  const outside = actual.findIndex((y, i) => !range.actual(y) || !range.predicted(predicted[i] ?? 0));
  if (outside >= 0) return { because: words };
  return mean(actual.map((y, i) => of(y, predicted[i] ?? 0)));
}

const aboveMinusOne = (value: number): boolean => value > -1;
const positive = (value: number): boolean => value > 0;
const notNegative = (value: number): boolean => value >= 0;

const squaredLogError = (s: ScoredNumbers): number | Undefined =>
  meanWhere(
    s,
    { actual: aboveMinusOne, predicted: aboveMinusOne },
    'a logarithmic error needs true and predicted values above -1',
    (y, hat) => (Math.log1p(y) - Math.log1p(hat)) ** 2,
  );

/** Sum of squares around the mean. */
function spread(values: Float64Array): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2));
}

/** Regression metrics for skewed, counted and positive targets, and shares of what a constant would leave. */
export const devianceMetrics: readonly Metric[] = [
  defineNumberMetric({
    id: 'explained_variance',
    title: 'Explained variance',
    doc: 'R² that forgives a constant offset: the share of the variation that is left in the errors around their own mean.',
    formula: '1 - Var(y - ŷ) / Var(y)',
    direction: 'higher',
    unit: 'ratio',
    working: '1 - (2.5² + 17.5² + 22.5² + 7.5²) / (150² + 50² + 50² + 150²) = 0.9825',
    of({ actual, predicted }) {
      const errors = actual.map((y, i) => y - (predicted[i] ?? 0));
      const left = spread(errors);
      const total = spread(actual);
      if (total === 0) return left === 0 ? 1 : 0;
      return 1 - left / total;
    },
  }),
  defineNumberMetric({
    id: 'd2_absolute_error',
    title: 'D² of the absolute error',
    doc: 'R² for absolute errors: 1 is perfect, 0 is no better than always saying the median.',
    formula: '1 - Σ |y - ŷ| / Σ |y - median(y)|',
    direction: 'higher',
    unit: 'ratio',
    working: '1 - (10 + 10 + 30 + 0) / (150 + 50 + 50 + 150) = 0.875',
    of({ actual, predicted, rows }) {
      if (rows < 2) return { because: 'D² needs two rows or more' };
      const centre = selectQuantile(Float64Array.from(actual), 0.5);
      const left = sum(actual.map((y, i) => Math.abs(y - (predicted[i] ?? 0))));
      const total = sum(actual.map((y) => Math.abs(y - centre)));
      if (total === 0) return left === 0 ? 1 : 0;
      return 1 - left / total;
    },
  }),
  defineNumberMetric({
    id: 'mean_squared_log_error',
    title: 'Mean squared log error',
    doc: 'Errors as ratios: being off by a factor costs the same for small and for large values.',
    formula: 'mean (ln(1 + y) - ln(1 + ŷ))²',
    direction: 'lower',
    unit: 'nats',
    working: '((ln(101) - ln(111))² + (ln(201) - ln(191))² + (ln(301) - ln(331))² + 0²) / 4 = 0.005136',
    of: squaredLogError,
  }),
  defineNumberMetric({
    id: 'root_mean_squared_log_error',
    title: 'Root mean squared log error',
    doc: 'Typical factor by which a prediction is off, as a logarithm: 0.1 is about a tenth.',
    formula: '√ mean (ln(1 + y) - ln(1 + ŷ))²',
    direction: 'lower',
    unit: 'nats',
    working: '√(((ln(101) - ln(111))² + (ln(201) - ln(191))² + (ln(301) - ln(331))² + 0²) / 4) = 0.07167',
    of(s) {
      const squared = squaredLogError(s);
      return typeof squared === 'number' ? Math.sqrt(squared) : squared;
    },
  }),
  defineNumberMetric({
    id: 'mean_poisson_deviance',
    title: 'Mean Poisson deviance',
    doc: 'The right loss for counts: an error weighs less where more is expected.',
    formula: '2 · mean (y ln(y / ŷ) - y + ŷ)',
    direction: 'lower',
    unit: 'ratio',
    working:
      '2 · (100 · ln(100 / 110) + 10 + 200 · ln(200 / 190) - 10 + 300 · ln(300 / 330) + 30 + 0) / 4 = 1.0673',
    of: (s) =>
      meanWhere(
        s,
        { actual: notNegative, predicted: positive },
        'the Poisson deviance needs true values from 0 up and predictions above 0',
        (y, hat) => 2 * ((y === 0 ? 0 : y * Math.log(y / hat)) - y + hat),
      ),
  }),
  defineNumberMetric({
    id: 'mean_gamma_deviance',
    title: 'Mean gamma deviance',
    doc: 'The right loss for positive amounts whose spread grows with their size: errors count relative to the prediction.',
    formula: '2 · mean (ln(ŷ / y) + y / ŷ - 1)',
    direction: 'lower',
    unit: 'ratio',
    working:
      '2 · (ln(110 / 100) + 100 / 110 - 1 + ln(190 / 200) + 200 / 190 - 1 + ln(330 / 300) + 300 / 330 - 1 + 0) / 4 = 0.0051',
    of: (s) =>
      meanWhere(
        s,
        { actual: positive, predicted: positive },
        'the gamma deviance needs true values and predictions above 0',
        (y, hat) => 2 * (Math.log(hat / y) + y / hat - 1),
      ),
  }),
];
