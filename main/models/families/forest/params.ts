import * as z from 'zod';

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
  class_weight: z.enum(['none', 'balanced']).default('none').meta({
    title: 'Class weights',
    description:
      'balanced: every class weighs the same together, however rare it is; probabilities are then no longer frequencies.',
  }),
  max_bin: z.int().min(2).max(65_535).default(255).meta({
    title: 'Bins',
    description: 'Thresholds of a number are looked for among so many.',
  }),
  cat_smooth: z.number().min(0).default(10).meta({
    title: 'Level smoothing',
    description: 'Keeps levels with few rows from being split off by noise.',
  }),
  cat_l2: z
    .number()
    .min(0)
    .default(10)
    .meta({ title: 'L2 for levels', description: 'L2 penalty of splits by levels.' }),
  min_data_per_group: z.int().min(1).default(100).meta({
    title: 'Rows per group of levels',
    description: 'Levels are split off together only where they have at least this many rows.',
  }),
  max_cat_threshold: z.int().min(1).max(10_000).default(32).meta({
    title: 'Levels per split',
    description: 'A split picks out at most this many levels.',
  }),
  num_threads: z.int().min(0).max(256).default(0).meta({
    title: 'Threads',
    description: '0 chooses by the machine and the size of the data. The model is the same with any number.',
  }),
});
export type ForestParams = z.infer<typeof ForestParams>;
