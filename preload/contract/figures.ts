import * as z from 'zod';

export const Axis = z.object({ title: z.string(), unit: z.string().nullable() });

const Value = z.union([z.number(), z.string()]);

/**
 * One set of marks.
 * - `line`: through x and y; with `lower` and `upper` a band of uncertainty round it.
 * - `points`: at x and y; `labels` name them, for hover and for picking.
 * - `bars`: as high as y at x; with `edges` (one more than bars) a histogram whose bars have their true widths.
 * - `heat`: a cell a pair of x and y, coloured by `z`; texts are classes, numbers the middles of bins.
 * - `boxes`: at each x the median y, quartiles `q1` and `q3`, whiskers `lower` and `upper`.
 * - `waterfall`: from `start`, changed by each y in turn, to the sum; x says by what.
 * - `flow`: bands from each x to each y, as wide as `weights`.
 * - `parallel`: a line a row of `rows` across `axes`, each with its own scale; x and y are empty.
 */
export const Series = z.object({
  name: z.string(),
  kind: z.enum(['line', 'points', 'bars', 'heat', 'boxes', 'waterfall', 'flow', 'parallel']),
  x: z.array(Value),
  y: z.array(Value),
  /** heat: one row of values per y. */
  z: z.array(z.array(z.number())).optional(),
  /** Rows behind each point, where points are aggregates. */
  counts: z.array(z.int()).optional(),
  lower: z.array(z.number()).optional(),
  upper: z.array(z.number()).optional(),
  edges: z.array(z.number()).optional(),
  labels: z.array(z.string()).optional(),
  q1: z.array(z.number()).optional(),
  q3: z.array(z.number()).optional(),
  start: z.number().optional(),
  weights: z.array(z.number()).optional(),
  axes: z.array(Axis.extend({ levels: z.array(z.string()).optional() })).optional(),
  /** One number per axis; where an axis has levels, the place of one. */
  rows: z.array(z.array(z.number())).optional(),
  /** There to compare with, not data: drawn thin and dashed, named on itself. */
  reference: z.boolean().optional(),
});
export type Series = z.infer<typeof Series>;

/** A picture as data: what the page draws and what `figures` holds. Bounded: never more than a few thousand points. */
export const Figure = z.object({
  id: z.enum([
    'learning-curve',
    'predicted-actual',
    'residuals',
    'residual-histogram',
    'roc',
    'precision-recall',
    'calibration',
    'confusion',
    'lift',
    'histogram',
    'box',
    'scatter',
    'density',
    'band',
    'heat-map',
    'parallel',
    'waterfall',
    'partial-dependence',
    'flow',
  ]),
  /** The finding, or the question that the picture answers. */
  title: z.string(),
  split: z.enum(['train', 'validation', 'test']).nullable(),
  x: Axis,
  y: Axis,
  series: z.array(Series),
  /** A sentence that reads the picture for you. */
  reading: z.string(),
});
export type Figure = z.infer<typeof Figure>;
