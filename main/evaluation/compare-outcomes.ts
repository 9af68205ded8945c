import type { Comparison } from '../../preload/contract/evaluation.ts';
import { mean, normalTwoSided, studentQuantile, studentTwoSided } from '../math/index.ts';
import { rowLosses } from './losses.ts';
import { positiveClass, type Scored, type ScoredClasses, type ScoredNumbers } from './scored.ts';

const z = 1.959963984540054;

/** Two models' predictions of the same rows with the same truth. At least two rows. */
export function compareOutcomes(a: Scored, b: Scored): Comparison[] {
  if (a.task === 'regression' && b.task === 'regression') return compareNumbers(a, b);
  if (a.task === 'classification' && b.task === 'classification') return compareClasses(a, b);
  throw new TypeError('the models predict different kinds of things');
}

function compareNumbers(a: ScoredNumbers, b: ScoredNumbers): Comparison[] {
  return [
    pairedT('mean_absolute_error', rowLosses(a), rowLosses(b)),
    pairedT('mean_squared_error', squares(a), squares(b)),
  ];
}

function compareClasses(a: ScoredClasses, b: ScoredClasses): Comparison[] {
  const comparisons = [mcnemar(a, b), pairedT('log_loss', rowLosses(a), rowLosses(b))];
  const both = a.classes.length === 2 ? delong(a, b) : undefined;
  return both ? [...comparisons, both] : comparisons;
}

function squares({ actual, predicted }: ScoredNumbers): Float64Array {
  return actual.map((value, i) => (value - predicted[i]!) ** 2);
}

/** Student's t of the paired differences; lower is better. */
function pairedT(what: string, a: Float64Array, b: Float64Array): Comparison {
  const n = a.length;
  const differences = b.map((value, row) => value - a[row]!);
  const difference = mean(differences);
  const variance = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / (n - 1);
  const error = Math.sqrt(variance / n);
  const p = error > 0 ? studentTwoSided(difference / error, n - 1) : difference === 0 ? 1 : 0;
  const spread = studentQuantile(0.975, n - 1) * error;
  const facts = {
    what,
    a: mean(a),
    b: mean(b),
    difference,
    low: difference - spread,
    high: difference + spread,
    p,
  };
  return { ...facts, test: 'paired-t', sentence: comparisonSentence(facts, 'lower') };
}

/**
 * McNemar's exact test of the rows that one model has right and the other wrong (binomial, two-sided); the interval of the
 * difference of accuracies is Wald's for paired shares (Agresti 2013, 11.1.1).
 */
function mcnemar(a: ScoredClasses, b: ScoredClasses): Comparison {
  let onlyA = 0;
  let onlyB = 0;
  let [rightA, rightB] = [0, 0];
  a.actual.forEach((code, row) => {
    const [x, y] = [a.predicted[row] === code, b.predicted[row] === code];
    if (x) rightA++;
    if (y) rightB++;
    if (x && !y) onlyA++;
    if (y && !x) onlyB++;
  });
  const n = a.rows;
  const difference = (onlyB - onlyA) / n;
  const spread = (z * Math.sqrt(onlyA + onlyB - (onlyB - onlyA) ** 2 / n)) / n;
  const facts = {
    what: 'accuracy',
    a: rightA / n,
    b: rightB / n,
    difference,
    low: difference - spread,
    high: difference + spread,
    p: binomialTwoSided(Math.min(onlyA, onlyB), onlyA + onlyB),
  };
  return { ...facts, test: 'mcnemar', sentence: comparisonSentence(facts, 'higher') };
}

/** Twice the chance of at most `k` of `n` fair coins, at most 1. The sum is built from its largest term down. */
function binomialTwoSided(k: number, n: number): number {
  if (n === 0) return 1;
  let logTerm = n * Math.log(0.5);
  for (let i = 1; i <= k; i++) logTerm += Math.log((n - i + 1) / i);
  let term = 1;
  let total = 1;
  for (let i = k; i > 0; i--) {
    term *= i / (n - i + 1);
    total += term;
    if (term < 1e-18 * total) break;
  }
  return Math.min(1, 2 * Math.exp(logTerm) * total);
}

/**
 * The areas under two ROC curves of the same rows (DeLong, DeLong and Clarke-Pearson 1988), from midranks (Sun and Xu 2014).
 * Undefined unless both classes have two rows or more.
 */
function delong(a: ScoredClasses, b: ScoredClasses): Comparison | undefined {
  const positive = a.actual.map((code) => (code === positiveClass ? 1 : 0));
  const m = positive.reduce((sum, one) => sum + one, 0);
  const n = positive.length - m;
  if (m < 2 || n < 2) return undefined;
  const [x, y] = [a, b].map((scored) => placements(scored, positive, m, n)) as [Placements, Placements];
  const variance = (of: (one: Placements) => Float64Array, rows: number): number => {
    const differences = of(x).map((value, i) => of(y)[i]! - value);
    const centre = mean(differences);
    return differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (rows - 1) / rows;
  };
  const error = Math.sqrt(
    variance(({ positives }) => positives, m) + variance(({ negatives }) => negatives, n),
  );
  const difference = y.area - x.area;
  const facts = {
    what: 'roc_auc',
    a: x.area,
    b: y.area,
    difference,
    low: difference - z * error,
    high: difference + z * error,
    p: error > 0 ? normalTwoSided(difference / error) : difference === 0 ? 1 : 0,
  };
  return { ...facts, test: 'delong', sentence: comparisonSentence(facts, 'higher') };
}

interface Placements {
  readonly area: number;
  /** For each positive row the share of negative rows below it, ties half; for each negative one that of positives above. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function placements(
  { probabilities, classes }: ScoredClasses,
  positive: Int32Array,
  m: number,
  n: number,
): Placements {
  const score = (row: number): number => probabilities[row * classes.length + positiveClass]!;
  const rows = Array.from(positive.keys());
  const inside = rows.filter((row) => positive[row] === 1);
  const outside = rows.filter((row) => positive[row] === 0);
  const all = midranks(rows, score);
  const within = { inside: midranks(inside, score), outside: midranks(outside, score) };
  const positives = Float64Array.from(inside, (row) => (all.get(row)! - within.inside.get(row)!) / n);
  const negatives = Float64Array.from(outside, (row) => 1 - (all.get(row)! - within.outside.get(row)!) / m);
  return { area: mean(positives), positives, negatives };
}

function midranks(rows: readonly number[], score: (row: number) => number): Map<number, number> {
  const order = rows.toSorted((a, b) => score(a) - score(b));
  const ranks = new Map<number, number>();
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && score(order[to]!) === score(order[from]!)) to++;
    for (let i = from; i < to; i++) ranks.set(order[i]!, (from + 1 + to) / 2);
    from = to;
  }
  return ranks;
}

const show = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });

/** A comparison in words; p below 0.05 shows a difference. */
export function comparisonSentence(
  { what, a, b, difference, low, high, p }: Omit<Comparison, 'test' | 'sentence'>,
  better: 'lower' | 'higher',
): string {
  const name = what.replaceAll('_', ' ');
  const how = p < 0.001 ? 'p below 0.001' : `p = ${p.toFixed(3)}`;
  const range = low === null || high === null ? '' : ` (95 %: ${show(low)} to ${show(high)})`;
  if (difference === 0) return `both have ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name} of ${show(a)}`;
  const winner = (better === 'lower') === difference < 0 ? 'the second' : 'the first';
  return p < 0.05
    ? `${winner} is better: ${name} ${show(a)} against ${show(b)}, a difference of ${show(difference)}${range}, ${how}`
    : `no difference shows: ${name} ${show(a)} against ${show(b)}, ${show(difference)}${range}, ${how}`;
}
