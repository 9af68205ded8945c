import * as z from 'zod';

const Edit = z.strictObject({
  feature: z.string(),
  /** A number's range: above `from`, up to and with `to`; null is without end. */
  from: z.number().nullable().default(null),
  to: z.number().nullable().default(null),
  /** Of a category: these levels. */
  levels: z.array(z.string()).optional(),
  /** The rows where the feature is missing. */
  missing: z.boolean().default(false),
  value: z.number(),
});
export type Edit = z.infer<typeof Edit>;

export const AdditiveParams = z.strictObject({
  max_bins: z
    .int()
    .min(2)
    .max(1024)
    .default(64)
    .meta({
      sweep: { values: [32, 64, 128] },
      title: 'Bins',
      description: 'A number is cut into at most so many ranges of about equally many training rows.',
    }),
  max_rounds: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .meta({
      sweep: { resource: true, from: 30, to: 1000 },
      title: 'Rounds',
      description:
        'At most so many rounds, in each of which every curve is corrected once. Fewer when the validation loss stops falling.',
    }),
  learning_rate: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .meta({
      sweep: { from: 0.02, to: 0.3, scale: 'log' },
      title: 'Learning rate',
      description: 'How much of each correction is added. Smaller needs more rounds and is smoother.',
    }),
  early_stopping_rounds: z.int().min(0).default(30).meta({
    title: 'Patience',
    description:
      'Stops after so many rounds in a row without a lower validation loss, and keeps the best. 0: all rounds are run. Without validation rows, those that a bag leaves out take their place.',
  }),
  max_leaves: z
    .int()
    .min(2)
    .max(32)
    .default(2)
    .meta({
      sweep: { from: 2, to: 4 },
      title: 'Leaves',
      description: 'A correction is a tree of at most so many leaves on one feature.',
    }),
  min_samples_leaf: z
    .int()
    .min(1)
    .default(5)
    .meta({
      sweep: { from: 2, to: 50, scale: 'log' },
      title: 'Rows per leaf',
      description: 'At least this many training rows in each leaf.',
    }),
  l2: z
    .number()
    .min(0)
    .default(10)
    .meta({
      sweep: { from: 0.1, to: 100, scale: 'log' },
      title: 'L2',
      description: 'Pulls corrections of few rows towards 0: this is added to the weight of their rows.',
    }),
  bags: z.int().min(1).max(64).default(6).meta({
    title: 'Bags',
    description:
      'So many models, each of other 85 % of the training rows, are averaged; their spread is shown beside the curves. 1: one model of all rows.',
  }),
  interactions: z
    .int()
    .min(0)
    .max(100)
    .default(5)
    .meta({
      sweep: { values: [0, 5, 10] },
      title: 'Pairs to find',
      description:
        'So many pairs of features whose joint effect explains most of what the curves leave are found and added, each as a grid.',
    }),
  pairs: z
    .array(z.array(z.string()).length(2))
    .default([])
    .meta({ title: 'Pairs', description: 'Pairs to add whatever they explain: [[sqft, beds]].' }),
  monotone_constraints: z
    .record(z.string(), z.union([z.literal(-1), z.literal(0), z.literal(1)]))
    .default({})
    .meta({
      title: 'Monotone',
      description:
        'Numbers whose curve may only go one way: {"sqft": 1} never falls as sqft grows, -1 never rises. With three and more classes not possible.',
    }),
  smoothing: z.int().min(0).max(1000).default(0).meta({
    title: 'Smoothing',
    description:
      'After fitting, the curve of each number is averaged with its neighbouring ranges so many times; it stays monotone where it is held so.',
  }),
  edits: z.array(Edit).default([]).meta({
    title: 'Edits',
    description:
      'Curves set by hand after fitting, recorded here and in the notes: [{feature: sqft, from: 1000, to: 2000, value: 5000}] adds 5000 for rows above 1000 and up to 2000 (log odds of the second class for classes); "levels" for a category, "missing: true" for gaps. With three and more classes not possible.',
  }),
});
export type AdditiveParams = z.infer<typeof AdditiveParams>;
