import { sum } from '../../math/index.ts';
import { defineClassMetric, type Metric, type Undefined } from '../metric.ts';
import { positiveClass, type ScoredClasses } from '../scored.ts';

// Clipped at machine epsilon as in scikit-learn, so that one certain error does not make it infinite.
const surprise = (p: number): number => -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p)));

/** Mean over the rows of how surprising the true class is, in nats. */
const logLoss = ({ actual, probabilities, classes }: ScoredClasses): number =>
  sum(Float64Array.from(actual, (code, row) => surprise(probabilities[row * classes.length + code] ?? 0))) /
  actual.length;

function brier({ actual, probabilities, classes }: ScoredClasses): number {
  const width = classes.length;
  const counted = width === 2 ? [positiveClass] : classes.map((_, k) => k);
  const perRow = Float64Array.from(actual, (code, row) =>
    counted.reduce(
      (total, k) => total + ((probabilities[row * width + k] ?? 0) - (code === k ? 1 : 0)) ** 2,
      0,
    ),
  );
  return sum(perRow) / actual.length;
}

/** The same truth with the shares of the classes as everybody's probabilities. */
function saidShares(s: ScoredClasses): ScoredClasses {
  const width = s.classes.length;
  const shares = new Float64Array(width);
  for (const code of s.actual) shares[code]! += 1 / s.rows;
  return { ...s, probabilities: Float64Array.from(s.probabilities, (_, i) => shares[i % width]!) };
}

/** 1 - loss / loss of saying the classes' shares: 1 is perfect, 0 is no better than the shares. */
function skill(s: ScoredClasses, loss: (scored: ScoredClasses) => number): number | Undefined {
  if (s.rows < 2) return { because: 'D² needs two rows or more' };
  const only = s.actual.every((code) => code === s.actual[0]);
  return only
    ? { because: `every row of this split is of class "${s.classes[s.actual[0] ?? 0] ?? ''}"` }
    : 1 - loss(s) / loss(saidShares(s));
}

/** Ten bins of equal width, as in the calibration curve. */
const bins = 10;

/**
 * Mean distance between what was said and what happened, over bins of equal width weighed by their rows (Naeini, Cooper and
 * Hauskrecht 2015): of the positive class's probability for two classes, of the likeliest class's for more.
 */
function calibrationError({ actual, predicted, probabilities, classes }: ScoredClasses): number {
  const width = classes.length;
  const said = new Float64Array(bins);
  const happened = new Float64Array(bins);
  actual.forEach((code, row) => {
    const of = width === 2 ? positiveClass : predicted[row]!;
    const p = probabilities[row * width + of]!;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(p * bins)));
    said[bin]! += p;
    happened[bin]! += code === of ? 1 : 0;
  });
  return sum(said.map((p, bin) => Math.abs(p - happened[bin]!))) / actual.length;
}

export const probabilityMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'log_loss',
    title: 'Log loss',
    doc: 'How surprised the model is by the truth; being sure and wrong costs most.',
    formula: '- mean log p(true class)',
    direction: 'lower',
    unit: 'nats',
    working: '-(ln(0.9) + ln(0.2) + ln(0.7) + ln(0.4) + ln(0.4) + ln(0.7) + ln(0.8) + ln(0.9)) / 8 = 0.5737',
    of: logLoss,
  }),
  defineClassMetric({
    id: 'brier_score',
    title: 'Brier score',
    doc: 'Mean squared distance between probability and truth. For two classes from 0 to 1, for more from 0 to 2.',
    formula: 'mean (p - [true])², summed over classes when there are more than two',
    direction: 'lower',
    unit: 'ratio',
    working: '(0.1² + 0.8² + 0.3² + 0.6² + 0.6² + 0.3² + 0.2² + 0.1²) / 8 = 0.2',
    of: brier,
  }),
  defineClassMetric({
    id: 'd2_log_loss',
    title: 'D² of the log loss',
    doc: 'The share of the surprise that the model takes away: 1 is perfect, 0 is no better than saying how common each class is.',
    formula: '1 - log loss / log loss of the shares',
    direction: 'higher',
    unit: 'ratio',
    working:
      '1 - (ln(0.9) + ln(0.2) + ln(0.7) + ln(0.4) + ln(0.4) + ln(0.7) + ln(0.8) + ln(0.9)) / (3 · ln(3 / 8) + 5 · ln(5 / 8)) = 0.1329',
    of: (s) => skill(s, logLoss),
  }),
  defineClassMetric({
    id: 'd2_brier_score',
    title: 'D² of the Brier score',
    doc: 'Brier skill: 1 is perfect, 0 is no better than saying how common each class is.',
    formula: '1 - Brier score / Brier score of the shares',
    direction: 'higher',
    unit: 'ratio',
    working: '1 - 0.2 / ((3 · (5 / 8)² + 5 · (3 / 8)²) / 8) = 0.1467',
    of: (s) => skill(s, brier),
  }),
  defineClassMetric({
    id: 'expected_calibration_error',
    title: 'Expected calibration error',
    doc: 'How far stated probabilities are from what happens, on average over ten bins. 0 is honest; it says nothing about ranking.',
    formula: 'Σ over bins of rows in the bin / all · |mean probability - share of the class|',
    direction: 'lower',
    unit: 'ratio',
    working: '(0.1 + 0.8 + 0.3 + 0.6 + 0.6 + 0.3 + 0.2 + 0.1) / 8 = 0.375',
    of: calibrationError,
  }),
];
