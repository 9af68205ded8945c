import * as z from 'zod';
import { classWeight } from '../../class-weights.ts';
import { lightgbmParams } from '../../trees/params.ts';

/** Names and defaults are LightGBM's, except where the description says otherwise. */
export const BoostingParams = z.strictObject({
  objective: z
    .enum(['default', 'regression', 'regression_l1', 'huber', 'quantile', 'poisson', 'gamma', 'tweedie'])
    .default('default')
    .meta({
      title: 'Objective',
      description:
        'What is made small. default: squared error for amounts, log loss for classes. For amounts also: regression (squared error, predicts means), regression_l1 (medians), huber (means, outliers count less), quantile (the quantile "alpha"), poisson (counts), gamma (positive amounts), tweedie (amounts that are often 0).',
    }),
  n_estimators: z
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .meta({
      sweep: { resource: true, from: 20, to: 500 },
      title: 'Trees',
      description:
        "At most this many iterations, each a tree (for three and more classes one per class). Fewer when the validation loss stops falling. LightGBM's own default is 100, without stopping.",
    }),
  learning_rate: z
    .number()
    .positive()
    .max(10)
    .default(0.1)
    .meta({
      sweep: { from: 0.01, to: 0.3, scale: 'log' },
      title: 'Learning rate',
      description: 'How much of each tree is added. Smaller needs more trees and is often a little better.',
    }),
  num_leaves: z
    .int()
    .min(2)
    .max(131_072)
    .default(31)
    .meta({
      sweep: { from: 4, to: 128, scale: 'log' },
      title: 'Leaves',
      description: 'At most this many leaves per tree: more finds finer patterns, and noise.',
    }),
  max_depth: z.int().min(-1).max(1000).default(-1).meta({
    title: 'Depth',
    description: 'At most this many splits on the way to a leaf; -1 is no limit.',
  }),
  min_child_samples: z
    .int()
    .min(0)
    .default(20)
    .meta({
      sweep: { from: 2, to: 100, scale: 'log' },
      title: 'Rows per leaf',
      description: 'At least this many training rows in each leaf.',
    }),
  min_child_weight: z.number().min(0).default(0.001).meta({
    title: 'Weight per leaf',
    description: 'At least this sum of second derivatives of the loss in each leaf.',
  }),
  subsample: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .meta({
      sweep: { from: 0.5, to: 1 },
      title: 'Rows per tree',
      description: 'Each tree sees this share of the training rows, drawn anew.',
    }),
  colsample_bytree: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .meta({
      sweep: { from: 0.4, to: 1 },
      title: 'Features per tree',
      description: 'Each tree sees this share of the features, drawn anew.',
    }),
  reg_alpha: z
    .number()
    .min(0)
    .default(0)
    .meta({ title: 'L1', description: 'L1 penalty on the values of leaves.' }),
  reg_lambda: z
    .number()
    .min(0)
    .default(0)
    .meta({
      sweep: { from: 0.001, to: 100, scale: 'log' },
      title: 'L2',
      description: 'L2 penalty on the values of leaves.',
    }),
  min_split_gain: z.number().min(0).default(0).meta({
    title: 'Smallest gain',
    description: 'A split must make the loss smaller by at least this.',
  }),
  early_stopping_rounds: z.int().min(0).max(100_000).default(50).meta({
    title: 'Patience',
    description:
      'Stops after so many iterations in a row without a lower validation loss, and keeps the best. 0, or no validation rows: all iterations are run.',
  }),
  class_weight: classWeight,
  monotone_constraints: z
    .record(z.string(), z.literal([-1, 0, 1]))
    .default({})
    .meta({
      title: 'Monotone constraints',
      description:
        'Number features whose effect may only go one way: {"sqft": 1} never lowers the prediction as sqft grows, -1 never raises it. With three and more classes not possible.',
    }),
  alpha: z.number().positive().max(1).default(0.9).meta({
    title: 'Alpha',
    description: 'The quantile to predict (objective quantile), or where outliers begin (objective huber).',
  }),
  tweedie_variance_power: z.number().min(1).max(1.99).default(1.5).meta({
    title: 'Tweedie power',
    description: 'Objective tweedie: nearer 2 is nearer gamma, nearer 1 is nearer Poisson.',
  }),
  ...lightgbmParams,
});
export type BoostingParams = z.infer<typeof BoostingParams>;
