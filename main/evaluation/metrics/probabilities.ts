import { sum } from '../../math/index.ts';
import { defineClassMetric, type Metric } from '../metric.ts';
import { positiveClass } from '../scored.ts';

export const probabilityMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'log_loss',
    title: 'Log loss',
    doc: 'How surprised the model is by the truth; being sure and wrong costs most.',
    formula: '- mean log p(true class)',
    direction: 'lower',
    unit: 'nats',
    working: '-(ln(0.9) + ln(0.2) + ln(0.7) + ln(0.4) + ln(0.4) + ln(0.7) + ln(0.8) + ln(0.9)) / 8 = 0.5737',
    // Clipped at machine epsilon as in scikit-learn, so that one certain error does not make it infinite.
    of: ({ actual, probabilities, classes }) =>
      -sum(
        Float64Array.from(actual, (code, row) => {
          const p = probabilities[row * classes.length + code] ?? 0;
          return Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p)));
        }),
      ) / actual.length,
  }),
  defineClassMetric({
    id: 'brier_score',
    title: 'Brier score',
    doc: 'Mean squared distance between probability and truth. For two classes from 0 to 1, for more from 0 to 2.',
    formula: 'mean (p - [true])², summed over classes when there are more than two',
    direction: 'lower',
    unit: 'ratio',
    working: '(0.1² + 0.8² + 0.3² + 0.6² + 0.6² + 0.3² + 0.2² + 0.1²) / 8 = 0.2',
    of({ actual, probabilities, classes }) {
      const width = classes.length;
      const counted = width === 2 ? [positiveClass] : classes.map((_, k) => k);
      const perRow = Float64Array.from(actual, (code, row) =>
        counted.reduce(
          (total, k) => total + ((probabilities[row * width + k] ?? 0) - (code === k ? 1 : 0)) ** 2,
          0,
        ),
      );
      return sum(perRow) / actual.length;
    },
  }),
];
