import * as z from 'zod';
import { classWeight } from '../../class-weights.ts';

/** Names are scikit-learn's. */
export const TreeParams = z.strictObject({
  criterion: z.enum(['default', 'squared_error', 'gini', 'entropy']).default('default').meta({
    title: 'Criterion',
    description:
      'What a split makes small. default: squared error for amounts, gini for classes; entropy for classes too.',
  }),
  max_depth: z
    .int()
    .min(-1)
    .max(1000)
    .default(12)
    .meta({
      sweep: { from: 2, to: 20 },
      title: 'Depth',
      description: 'At most this many splits on the way to a leaf, before pruning; -1 is no limit.',
    }),
  min_samples_split: z.int().min(2).default(20).meta({
    title: 'Rows to split',
    description: 'Only leaves with at least this many training rows are split.',
  }),
  min_samples_leaf: z
    .int()
    .min(1)
    .default(10)
    .meta({
      sweep: { from: 2, to: 100, scale: 'log' },
      title: 'Rows per leaf',
      description: 'At least this many training rows in each leaf.',
    }),
  ccp_alpha: z.number().min(0).nullable().default(null).meta({
    title: 'Pruning alpha',
    description:
      'Cost-complexity pruning: a split must lower the mean loss of the training rows by at least this per leaf. Empty: chosen where the validation loss is lowest. 0: no pruning.',
  }),
  class_weight: classWeight,
});
export type TreeParams = z.infer<typeof TreeParams>;
