import * as z from 'zod';

export const ScorecardParams = z.strictObject({
  good_class: z.string().nullable().default(null).meta({
    title: 'Good class',
    description: 'The class that many points speak for. Empty: the second of the two.',
  }),
  base_score: z.number().min(-1e6).max(1e6).default(600).meta({
    title: 'Base score',
    description: 'The score at which the odds of the good class are "base_odds" to 1.',
  }),
  base_odds: z.number().positive().max(1e9).default(50).meta({
    title: 'Base odds',
    description: 'Odds of the good class at the base score: 50 is fifty good ones for each other one.',
  }),
  pdo: z.number().positive().max(1e6).default(20).meta({
    title: 'Points to double the odds',
    description: 'So many points more double the odds of the good class.',
  }),
  round: z.boolean().default(true).meta({
    title: 'Whole points',
    description:
      'Points are rounded to whole numbers, and the probability is that of the rounded score: anyone can work it out from the table.',
  }),
  encoding: z
    .enum(['woe', 'bins'])
    .default('woe')
    .meta({
      sweep: { values: ['woe', 'bins'] },
      title: 'Encoding',
      description:
        'woe: a bin counts as its weight of evidence, with one coefficient per column, so points follow what was seen in each bin. bins: each bin has a coefficient of its own, which can correct for other columns.',
    }),
  max_bins: z
    .int()
    .min(2)
    .max(20)
    .default(5)
    .meta({
      sweep: { from: 3, to: 10 },
      title: 'Bins',
      description:
        'A column is cut into at most so many bins: of all ways to join fine bins, the one of the highest information value. Missing is a bin of its own beside them.',
    }),
  max_prebins: z.int().min(2).max(100).default(30).meta({
    title: 'Fine bins',
    description: 'Numbers are first cut into so many bins of about equally many training rows, then joined.',
  }),
  min_bin_share: z.number().min(0).max(0.5).default(0.05).meta({
    title: 'Least share of a bin',
    description:
      'Each bin has at least this share of the training rows. Where fewer are missing, missing gets the points of no evidence.',
  }),
  trend: z.enum(['monotone', 'free']).default('monotone').meta({
    title: 'Trend',
    description:
      'monotone: along a number the weight of evidence only rises or only falls, whichever tells more. free: it may go up and down.',
  }),
  monotone_constraints: z
    .record(z.string(), z.union([z.literal(-1), z.literal(0), z.literal(1)]))
    .default({})
    .meta({
      title: 'Monotone',
      description:
        'Numbers whose trend is given: {"income": 1} never loses points as income grows, -1 never gains, 0 is free.',
    }),
  min_iv: z.number().min(0).default(0.02).meta({
    title: 'Least information value',
    description:
      'Columns of a lower information value are left out of the card; the report still lists them.',
  }),
  drop_wrong_signs: z.boolean().default(true).meta({
    title: 'Drop wrong signs',
    description:
      'With woe: a column whose coefficient turns against its own evidence beside the others is left out, and the rest is fitted again.',
  }),
  C: z.number().positive().max(1e12).default(1).meta({
    title: 'C',
    description:
      'Inverse strength of the penalty on coefficients, as in scikit-learn LogisticRegression: smaller is stronger.',
  }),
});
export type ScorecardParams = z.infer<typeof ScorecardParams>;
