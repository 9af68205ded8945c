import * as z from 'zod';
import { Figure } from './figures.ts';
import { defineMethod } from './method.ts';
import { RunMetrics } from './training.ts';

export const evaluationFailures = {
  'predictions-unusable': (d: { row: number; value: string }) =>
    `the model predicts ${d.value} for row ${d.row}, which can't be scored; a finite number was expected`,
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
};
