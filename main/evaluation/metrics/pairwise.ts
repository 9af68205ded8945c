import { defineClassMetric, type Metric, type Undefined } from '../metric.ts';
import type { ScoredClasses } from '../scored.ts';
import { areaUnderRoc } from './rankings.ts';

/** The chance that a value of `inside` is above one of `outside`, ties counting half. Sorts both in place. */
function chanceAbove(inside: Float64Array, outside: Float64Array): number {
  inside.sort();
  outside.sort();
  let below = 0;
  let upTo = 0;
  let won = 0;
  for (const value of inside) {
    while (below < outside.length && outside[below]! < value) below++;
    upTo = Math.max(upTo, below);
    while (upTo < outside.length && outside[upTo]! <= value) upTo++;
    won += (below + upTo) / 2;
  }
  return won / (inside.length * outside.length);
}

function lackingClass({ classes, ranked }: ScoredClasses): Undefined | undefined {
  const lacking = classes.find((_, k) => ranked[k]?.positives === 0);
  return lacking === undefined ? undefined : { because: `no row of this split is of class "${lacking}"` };
}

/** Hand and Till 2001: the mean over pairs of classes of how well each ranks its rows before the other's. */
function oneAgainstOne(s: ScoredClasses, weighted: boolean): number | Undefined {
  const lacking = lackingClass(s);
  if (lacking) return lacking;
  const width = s.classes.length;
  const rowsOf = s.classes.map((_, k) => s.ranked[k]?.positives ?? 0);
  /** `scores[of][k]`: the probability of class k for the rows of class `of`. */
  const scores = rowsOf.map((rows) => Array.from({ length: width }, () => new Float64Array(rows)));
  const filled = new Int32Array(width);
  s.actual.forEach((code, row) => {
    const at = filled[code]!++;
    for (let k = 0; k < width; k++) scores[code]![k]![at] = s.probabilities[row * width + k]!;
  });
  let total = 0;
  let weights = 0;
  for (let a = 0; a < width; a++) {
    for (let b = a + 1; b < width; b++) {
      const ofA = chanceAbove(scores[a]![a]!, scores[b]![a]!);
      const ofB = chanceAbove(scores[b]![b]!, scores[a]![b]!);
      const weight = weighted ? (rowsOf[a]! + rowsOf[b]!) / s.rows : 1;
      total += (weight * (ofA + ofB)) / 2;
      weights += weight;
    }
  }
  return total / weights;
}

/** How many of the likeliest classes count as found. */
const within = 2;

/** What only more than two classes have. */
export const severalClassMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'roc_auc_ovr_weighted',
    title: 'ROC AUC, weighted',
    doc: 'ROC AUC of each class against the rest, each class counting by its rows.',
    formula: 'Σ rows of the class · AUC of the class / all rows',
    direction: 'higher',
    unit: 'ratio',
    working: '(2 · 5/6 + 2 · 4/6 + 1 · 1) / 5 = 0.8',
    only: 'multiclass',
    of(s) {
      const area = (k: number): number => (s.ranked[k] ? areaUnderRoc(s.ranked[k]) : 0);
      return (
        lackingClass(s) ??
        s.classes.reduce((sum, _, k) => sum + (s.ranked[k]?.positives ?? 0) * area(k), 0) / s.rows
      );
    },
  }),
  defineClassMetric({
    id: 'roc_auc_ovo',
    title: 'ROC AUC, pairs of classes',
    doc: 'How well each pair of classes is told apart, each pair counting the same: shares of classes do not move it.',
    formula: 'mean over pairs of classes of (AUC of a against b + AUC of b against a) / 2',
    direction: 'higher',
    unit: 'ratio',
    working: '((3/4 + 2/4) / 2 + (1 + 1) / 2 + (1 + 1) / 2) / 3 = 0.875',
    only: 'multiclass',
    of: (s) => oneAgainstOne(s, false),
  }),
  defineClassMetric({
    id: 'roc_auc_ovo_weighted',
    title: 'ROC AUC, pairs of classes, weighted',
    doc: 'How well each pair of classes is told apart, each pair counting by its rows.',
    formula: 'as for pairs, each weighed by the rows of both classes',
    direction: 'higher',
    unit: 'ratio',
    working: '(4/5 · (3/4 + 2/4) / 2 + 3/5 · 1 + 3/5 · 1) / (4/5 + 3/5 + 3/5) = 0.85',
    only: 'multiclass',
    of: (s) => oneAgainstOne(s, true),
  }),
  defineClassMetric({
    id: 'top_k_accuracy',
    title: 'Accuracy within two guesses',
    doc: 'The share of rows whose class is among the two likeliest.',
    formula: 'rows whose true class is among the k = 2 likeliest / all',
    direction: 'higher',
    unit: 'ratio',
    working: '(2 + 1 + 1) / 5 = 0.8',
    only: 'multiclass',
    of({ actual, probabilities, classes, rows }) {
      const width = classes.length;
      let found = 0;
      actual.forEach((code, row) => {
        const own = probabilities[row * width + code]!;
        let before = 0;
        for (let k = 0; k < width; k++) {
          const p = probabilities[row * width + k]!;
          // Of equally likely classes the later ones come first, as in scikit-learn.
          if (p > own || (p === own && k > code)) before++;
        }
        if (before < within) found++;
      });
      return found / rows;
    },
  }),
];
