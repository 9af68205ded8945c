import { defineClassMetric, type Metric } from '../metric.ts';
import { perClass, type ClassScores } from '../per-class.ts';
import { positiveClass, type ScoredClasses } from '../scored.ts';

interface Counts {
  readonly hits: number;
  readonly support: number;
  readonly predicted: number;
}

function counts({ classes, confusion }: ScoredClasses, rows: readonly ClassScores[]): Counts[] {
  return rows.map(({ support, predicted }, k) => ({
    hits: confusion[k * classes.length + k] ?? 0,
    support,
    predicted,
  }));
}

const countsOf = (s: ScoredClasses): Counts[] => counts(s, perClass(s));

const ofPositive = (s: ScoredClasses): Counts =>
  countsOf(s)[positiveClass] ?? { hits: 0, support: 0, predicted: 0 };

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const accuracy = (s: ScoredClasses): number =>
  ratio(
    countsOf(s).reduce((n, { hits }) => n + hits, 0),
    s.rows,
  );

/** Share of the rows that are of the class or predicted to be, that are both. */
const jaccard = ({ hits, support, predicted }: Counts): number => ratio(hits, support + predicted - hits);

function meanJaccard(s: ScoredClasses, weight: (counts: Counts) => number): number {
  const seen = countsOf(s).filter(({ support, predicted }) => support + predicted > 0);
  return ratio(
    seen.reduce((sum, one) => sum + weight(one) * jaccard(one), 0),
    seen.reduce((sum, one) => sum + weight(one), 0),
  );
}

/** F_β: recall counts β times as much as precision (van Rijsbergen 1979). */
function fBeta(s: ScoredClasses, beta: number): number {
  const { hits, support, predicted } = ofPositive(s);
  return ratio((1 + beta ** 2) * hits, beta ** 2 * support + predicted);
}

/** With one class a row, every micro average counts the same rows: right ones over all. */
const micro = (of: string, title: string): Metric =>
  defineClassMetric({
    id: `${of}_micro`,
    title: `${title}, micro`,
    doc: 'Counted over all rows together. With one class a row it is the accuracy; it stands here for comparison with other tools.',
    formula: 'Σ true positives / all rows',
    direction: 'higher',
    unit: 'ratio',
    working: '(2 + 3) / 8 = 0.625',
    of: accuracy,
  });

/** How far predicted and true classes agree, in the ways that fields other than machine learning ask for. */
export const agreementMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'matthews_corrcoef',
    title: 'Matthews correlation',
    doc: 'Correlation of truth and prediction: 1 is perfect, 0 is chance, -1 is always wrong. Honest where a class is rare.',
    formula:
      '(tp · tn - fp · fn) / √((tp + fp)(tp + fn)(tn + fp)(tn + fn)); for more classes by Gorodkin 2004',
    direction: 'higher',
    unit: 'ratio',
    working: '(2 · 3 - 2 · 1) / √((2 + 2) · (2 + 1) · (3 + 2) · (3 + 1)) = 0.2582',
    of(s) {
      const all = countsOf(s);
      const n = s.rows;
      const right = all.reduce((sum, { hits }) => sum + hits, 0);
      const both = all.reduce((sum, { support, predicted }) => sum + support * predicted, 0);
      const truth = n ** 2 - all.reduce((sum, { support }) => sum + support ** 2, 0);
      const said = n ** 2 - all.reduce((sum, { predicted }) => sum + predicted ** 2, 0);
      return truth * said === 0 ? 0 : (right * n - both) / Math.sqrt(truth * said);
    },
  }),
  defineClassMetric({
    id: 'cohen_kappa',
    title: "Cohen's kappa",
    doc: 'Agreement beyond chance: 0 is what guessing with the same shares would reach.',
    formula: '(observed - expected) / (1 - expected)',
    direction: 'higher',
    unit: 'ratio',
    working: '(5 / 8 - (3 · 4 + 5 · 4) / (8 · 8)) / (1 - (3 · 4 + 5 · 4) / (8 · 8)) = 0.25',
    of(s) {
      const both = countsOf(s).reduce((sum, { support, predicted }) => sum + support * predicted, 0);
      const expected = both / s.rows ** 2;
      if (expected === 1) return { because: 'truth and prediction are of one and the same class throughout' };
      return (accuracy(s) - expected) / (1 - expected);
    },
  }),
  defineClassMetric({
    id: 'specificity',
    title: 'Specificity',
    doc: 'Of the rows that are not of the class, the share that was left alone.',
    formula: 'true negatives / actual negatives',
    direction: 'higher',
    unit: 'ratio',
    working: '3 / (3 + 2) = 0.6',
    only: 'binary',
    of: (s) => perClass(s)[1 - positiveClass]?.recall ?? 0,
  }),
  defineClassMetric({
    id: 'f2',
    title: 'F2',
    doc: 'Precision and recall in one number, where missing a row costs more than a false alarm.',
    formula: '5 · tp / (4 · actual + predicted)',
    direction: 'higher',
    unit: 'ratio',
    working: '5 · 2 / (4 · 3 + 4) = 0.625',
    only: 'binary',
    of: (s) => fBeta(s, 2),
  }),
  defineClassMetric({
    id: 'f0_5',
    title: 'F0.5',
    doc: 'Precision and recall in one number, where a false alarm costs more than missing a row.',
    formula: '1.25 · tp / (0.25 · actual + predicted)',
    direction: 'higher',
    unit: 'ratio',
    working: '1.25 · 2 / (0.25 · 3 + 4) = 0.5263',
    only: 'binary',
    of: (s) => fBeta(s, 0.5),
  }),
  defineClassMetric({
    id: 'jaccard',
    title: 'Jaccard',
    doc: 'Of the rows that are of the class or predicted to be, the share that are both.',
    formula: 'tp / (tp + fp + fn)',
    direction: 'higher',
    unit: 'ratio',
    working: '2 / (2 + 2 + 1) = 0.4',
    only: 'binary',
    of: (s) => jaccard(ofPositive(s)),
  }),
  defineClassMetric({
    id: 'jaccard_macro',
    title: 'Jaccard, macro',
    doc: 'The Jaccard index of each class, each class counting the same.',
    formula: 'mean over classes of tp / (tp + fp + fn)',
    direction: 'higher',
    unit: 'ratio',
    working: '(2/5 + 3/6) / 2 = 0.45',
    of: (s) => meanJaccard(s, () => 1),
  }),
  defineClassMetric({
    id: 'jaccard_weighted',
    title: 'Jaccard, weighted',
    doc: 'The Jaccard index of each class, each class counting by its rows.',
    formula: 'Σ rows of the class · tp / (tp + fp + fn) / all rows',
    direction: 'higher',
    unit: 'ratio',
    working: '(3 · 2/5 + 5 · 3/6) / 8 = 0.4625',
    of: (s) => meanJaccard(s, ({ support }) => support),
  }),
  micro('precision', 'Precision'),
  micro('recall', 'Recall'),
  micro('f1', 'F1'),
];
