import * as z from 'zod';

/** Of LightGBM, by its own names: how it looks for splits, and with how many threads. */
export const lightgbmParams = {
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
} as const;
