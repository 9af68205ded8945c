import * as z from 'zod';
import { Task } from './common.ts';
import { Figure } from './figures.ts';
import { defineMethod } from './method.ts';
import { RunMetrics } from './training.ts';

export const evaluationFailures = {
  'predictions-unusable': (d: { row: number; value: string }) =>
    `the model predicts ${d.value} for row ${d.row}, which can't be scored; a finite number was expected`,
  'evaluation-not-binary': (d: { run: string; what: string; found: string }) =>
    `${d.what} are for models of two classes; run "${d.run}" predicts ${d.found}`,
  'runs-not-comparable': (d: { a: string; b: string; reason: string }) =>
    `runs "${d.a}" and "${d.b}" can't be compared row by row: ${d.reason}`,
  'sizes-of-stack': (d: { run: string }) =>
    `run "${d.run}" is a stack, which learns from the rows that would judge it; ask for the runs that it combines`,
  'evaluation-not-classes': (d: { run: string; what: string }) =>
    `${d.what} are for models of classes; run "${d.run}" predicts a number`,
  'costs-class-unknown': (d: { class: string; known: string[] }) =>
    `costs: there is no class "${d.class}"; there are ${d.known.map((name) => `"${name}"`).join(', ')}`,
  'costs-all-same': (d: { classes: number }) =>
    `costs: whichever of the ${d.classes} classes is true, every decision costs the same, so there is nothing to decide; give a mistake a cost`,
  'slice-column-unknown': (d: { run: string; column: string; known: string[] }) =>
    `run "${d.run}" has no feature "${d.column}" to slice by; it has ${d.known.join(', ')}`,
};

export const MetricInfo = z.object({
  id: z.string(),
  title: z.string(),
  doc: z.string(),
  formula: z.string(),
  direction: z.enum(['higher', 'lower']),
  /** `target` means the unit of the target column. */
  unit: z.string(),
});

export const ClassRow = z.object({
  class: z.string(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
  support: z.int(),
});

export const Evaluated = z.object({
  classes: z.array(z.string()),
  /** Rows are actual, columns predicted; null for regression. */
  confusion: z.array(z.array(z.int())).nullable(),
  perClass: z.array(ClassRow),
  /** Why a metric is null, by metric. */
  undefinedBecause: z.record(z.string(), z.string()),
});

/** A difference, or a value, with its interval. */
const Interval = { low: z.number().nullable(), high: z.number().nullable() };

export const MetricInterval = z.object({
  metric: z.string(),
  value: z.number().nullable(),
  ...Interval,
});

/** One threshold of the positive class's probability, and what predicting by it does on the test rows. */
export const ThresholdRow = z.object({
  threshold: z.number(),
  truePositives: z.int(),
  falsePositives: z.int(),
  trueNegatives: z.int(),
  falseNegatives: z.int(),
  precision: z.number().nullable(),
  recall: z.number(),
  f1: z.number(),
  /** recall + specificity - 1 */
  youden: z.number(),
  /** Mean cost a row by the cost matrix. */
  cost: z.number(),
});
export type ThresholdRow = z.infer<typeof ThresholdRow>;

export const Slice = z.object({
  /** In words: `type = Condo`, `sqft >= 2,000, beds < 2`. */
  slice: z.string(),
  columns: z.array(z.string()),
  rows: z.int(),
  share: z.number(),
  /** Mean loss of its rows, and of all others. */
  loss: z.number(),
  others: z.number(),
  /** 95 % interval of loss less others (Welch). */
  ...Interval,
  /** Corrected for the number of slices looked at (Holm). */
  adjusted: z.number(),
});
export type Slice = z.infer<typeof Slice>;

export const Comparison = z.object({
  /** What was compared: a metric, or a test of predictions. */
  what: z.string(),
  a: z.number(),
  b: z.number(),
  /** b less a, with its 95 % interval. */
  difference: z.number(),
  ...Interval,
  test: z.enum(['paired-t', 'mcnemar', 'delong', 'corrected-resampled-t']),
  p: z.number(),
  sentence: z.string(),
});
export type Comparison = z.infer<typeof Comparison>;

/** What each mistake costs: for an actual class, what it costs to decide for others. Not written: 1 for a mistake, 0 where it is right. */
export const WrittenCosts = z.record(z.string(), z.record(z.string(), z.number().min(-1e12).max(1e12)));
export type WrittenCosts = z.infer<typeof WrittenCosts>;

/** One way to decide, on the test rows. */
export const CostDecision = z.object({
  /** Mean a row. */
  cost: z.number(),
  accuracy: z.number(),
  /** Rows are actual, columns decided. */
  confusion: z.array(z.array(z.number())),
});
export type CostDecision = z.infer<typeof CostDecision>;

/** Over the draws of one size. */
const SizeSpread = z.object({ mean: z.number(), low: z.number(), high: z.number() });

export const evaluation = {
  show: defineMethod({
    doc: 'Metrics of a run on its three splits, per class where there are classes, and the figures as data.',
    input: z.object({ run: z.string() }),
    output: z.object({
      run: z.string(),
      metrics: RunMetrics,
      splits: z.object({ train: Evaluated, validation: Evaluated, test: Evaluated }),
      figures: z.array(Figure),
      /** What each metric means. */
      about: z.array(MetricInfo),
    }),
    cli: { args: ['run'] },
  }),
  intervals: defineMethod({
    doc: 'How sure the metrics on the test rows are: percentile intervals of a bootstrap of the rows. On large test sets fewer resamples are drawn, and the answer says how many.',
    input: z.object({
      run: z.string(),
      resamples: z.int().min(100).max(10_000).default(1000),
      level: z.number().min(0.5).max(0.999).default(0.95),
      seed: z.int().default(0),
    }),
    output: z.object({
      run: z.string(),
      rows: z.int(),
      resamples: z.int(),
      level: z.number(),
      metrics: z.array(MetricInterval),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  thresholds: defineMethod({
    doc: 'For a model of two classes: what each threshold of the positive probability does on the test rows, the best ones by F1, by Youden’s index and by cost, and the lift of the rows ranked highest.',
    input: z.object({
      run: z.string(),
      falsePositiveCost: z.number().min(0).default(1).describe('of a false alarm'),
      falseNegativeCost: z.number().min(0).default(1).describe('of a miss'),
    }),
    output: z.object({
      run: z.string(),
      /** The class that is predicted at and above a threshold. */
      positive: z.string(),
      rows: z.int(),
      positives: z.int(),
      best: z.object({ f1: ThresholdRow, youden: ThresholdRow, cost: ThresholdRow }),
      /** At 0.5, as predictions are made. */
      usual: ThresholdRow,
      /** From the highest threshold down; at most 200. */
      thresholds: z.array(ThresholdRow),
      /** Tenths of the rows from the highest probability down. */
      lift: z.array(
        z.object({
          /** Share of rows up to here. */
          share: z.number(),
          /** Share of all positives that they hold. */
          gain: z.number(),
          /** gain / share */
          lift: z.number(),
        }),
      ),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  costs: defineMethod({
    doc: 'For a model of two classes or more: what its mistakes on the test rows cost by a cost matrix, when the most likely class is taken, when the class of least expected cost is, and when one class is always. Nothing is learned from the test rows: the decision follows from the probabilities and the costs alone.',
    input: z.object({
      run: z.string(),
      costs: WrittenCosts.describe(
        'JSON such as \'{"bad": {"good": 5}}\', or a file of JSON or YAML: to decide for good where bad is true costs 5; another mistake costs 1',
      ),
    }),
    output: z.object({
      run: z.string(),
      rows: z.int(),
      classes: z.array(z.string()),
      /** The whole matrix: rows are actual, columns decided. */
      costs: z.array(z.array(z.number())),
      usual: CostDecision,
      cheapest: CostDecision,
      /** The best class to decide for always. */
      always: z.object({ class: z.string(), cost: z.number() }),
      /** Of a row, by deciding for least cost: usual less cheapest, with its 95 % interval (paired t). */
      saved: z.object({ difference: z.number(), ...Interval }),
      /** Mean cost a row that the probabilities led to expect; far from what it was where they are not honest. */
      expected: z.number(),
      sentence: z.string(),
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  coverage: defineMethod({
    doc: 'For a run whose recipe says `conformal: true`: how often the intervals (of numbers) or the sets of classes hold the truth on the test rows, and how wide they are. They were learned from the validation rows, or from those outside their folds.',
    input: z.object({ run: z.string(), level: z.number().min(0.5).max(0.999).default(0.9) }),
    output: z.object({
      run: z.string(),
      level: z.number(),
      task: Task,
      /** How many rows they were learned from, and which: validation rows, or where the split has folds the rows outside them. */
      learned: z.int(),
      learnedFrom: z.enum(['validation', 'folds']),
      rows: z.int(),
      covered: z.int(),
      coverage: z.number(),
      /** 95 % interval of the coverage. */
      low: z.number(),
      high: z.number(),
      /** Mean width in the target's unit, or mean number of classes. */
      size: z.number(),
      sentence: z.string(),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  slices: defineMethod({
    doc: 'Where the model is worse than elsewhere: every level and band of every feature, and the worst parts of two features at once, with rows, mean loss, and the interval of the difference to all other test rows. Loss is the absolute error for numbers and the log loss for classes.',
    input: z.object({
      run: z.string(),
      by: z.array(z.string()).default([]).describe('a feature to slice by; default: all'),
      minRows: z.int().min(2).default(10).describe('fewest rows of a slice'),
    }),
    output: z.object({
      run: z.string(),
      rows: z.int(),
      loss: z.enum(['absolute error', 'log loss']),
      /** Mean over all test rows. */
      overall: z.number(),
      /** Slices of one feature, in the order of features. */
      slices: z.array(Slice),
      /** Of one or two features, worse than elsewhere and no accident, the worst first; at most 20. */
      worst: z.array(Slice),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  sizes: defineMethod({
    doc: 'Whether more rows would help: trains the run’s recipe again on growing parts of its training rows and judges each by the validation rows (or by training rows held back), never by test rows. Each size but the last is drawn several times.',
    input: z.object({
      run: z.string(),
      sizes: z.int().min(3).max(20).default(6).describe('how many sizes, the last of them all rows'),
      repeats: z.int().min(1).max(20).default(3).describe('how often each size is drawn'),
      seed: z.int().min(0).default(0),
    }),
    output: z.object({
      run: z.string(),
      metric: z.string(),
      direction: z.enum(['higher', 'lower']),
      judgedBy: z.enum(['validation rows', 'training rows held back']),
      judgedRows: z.int(),
      points: z.array(
        z.object({
          rows: z.int(),
          /** Of the training rows. */
          share: z.number(),
          draws: z.int(),
          train: SizeSpread,
          judged: SizeSpread,
          /** Mean time of one training. */
          seconds: z.number(),
        }),
      ),
      reading: z.string(),
      figure: Figure,
      /** Sizes that could not be trained on, and why. */
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
  compare: defineMethod({
    doc: 'Two models on the same rows: paired differences with intervals, tests (paired t of losses; McNemar of right and wrong; DeLong of the areas under the ROC curve) and a plain sentence each. Rows that are test rows of both runs are compared; both must be of one snapshot and target. Where both have the same folds, their scores are compared fold for fold too (corrected resampled t of Nadeau and Bengio), and alone where there are no open test rows.',
    input: z.object({ a: z.string(), b: z.string() }),
    output: z.object({
      a: z.string(),
      b: z.string(),
      /** Rows that are test rows of both; 0 where only the folds are compared. */
      rows: z.int(),
      comparisons: z.array(Comparison),
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['a', 'b'] },
  }),
  curves: defineMethod({
    doc: 'Curves of several runs in one picture each, as data: learning curves, ROC and precision-recall curves of each class, and calibration, of those kinds that two of the runs or more have of the same kind of rows. All must predict the same column of the same dataset.',
    input: z.object({ runs: z.array(z.string()).min(2, 'name two runs or more').max(7) }),
    output: z.object({
      /** `A`, `B`, ... as the lines are named. */
      runs: z.array(z.object({ name: z.string(), run: z.string(), family: z.string() })),
      figures: z.array(Figure),
      notes: z.array(z.string()),
    }),
    cli: { args: ['runs'] },
  }),
  errors: defineMethod({
    doc: 'The test rows that the model gets most wrong, the worst first: row number in the snapshot, truth, prediction and loss.',
    input: z.object({ run: z.string(), limit: z.int().min(1).max(1000).default(20) }),
    output: z.object({
      run: z.string(),
      rows: z.int(),
      loss: z.enum(['absolute error', 'log loss']),
      errors: z.array(
        z.object({
          /** In the snapshot, 1 for the first. */
          row: z.int(),
          actual: z.union([z.string(), z.number()]),
          predicted: z.union([z.string(), z.number()]),
          loss: z.number(),
          /** Probability of the true class; null for numbers. */
          probability: z.number().nullable(),
          /** The row's features, as texts; null where missing. */
          values: z.record(z.string(), z.string().nullable()),
        }),
      ),
    }),
    job: true,
    cli: { args: ['run'] },
  }),
};
