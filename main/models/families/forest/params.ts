import * as z from 'zod';
import { classWeight } from '../../class-weights.ts';
import { lightgbmParams } from '../../trees/params.ts';

/** Names are LightGBM's, `max_features` scikit-learn's. */
export const ForestParams = z.strictObject({
  n_estimators: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .meta({
      sweep: { resource: true, from: 10, to: 100 },
      title: 'Trees',
      description: 'More trees are steadier and never overfit; they take longer.',
    }),
  num_leaves: z.int().min(2).max(131_072).default(1023).meta({
    title: 'Leaves',
    description: 'At most this many leaves per tree.',
  }),
  max_depth: z.int().min(-1).max(1000).default(-1).meta({
    title: 'Depth',
    description: 'At most this many splits on the way to a leaf; -1 is no limit.',
  }),
  min_child_samples: z
    .int()
    .min(1)
    .default(5)
    .meta({
      sweep: { from: 1, to: 50, scale: 'log' },
      title: 'Rows per leaf',
      description: 'At least this many training rows in each leaf.',
    }),
  subsample: z.number().positive().max(0.999).default(0.632).meta({
    title: 'Rows per tree',
    description: 'Each tree sees this share of the training rows, drawn anew without repetition.',
  }),
  max_features: z
    .number()
    .positive()
    .max(1)
    .default(0.5)
    .meta({
      sweep: { from: 0.1, to: 1 },
      title: 'Features per split',
      description: 'Each split chooses among this share of the features, drawn anew.',
    }),
  extra_trees: z
    .boolean()
    .default(false)
    .meta({
      sweep: { values: [false, true] },
      title: 'Random thresholds',
      description: 'Each split tries one threshold per feature, drawn at random: faster, smoother.',
    }),
  class_weight: classWeight,
  ...lightgbmParams,
});
export type ForestParams = z.infer<typeof ForestParams>;
