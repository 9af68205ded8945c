import * as z from 'zod';

/** Names are scikit-learn's, but for `max_rows`. */
export const NeighboursParams = z.strictObject({
  n_neighbors: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .meta({
      sweep: { from: 1, to: 50, scale: 'log' },
      title: 'Neighbours',
      description: 'A prediction is the mean, or the class shares, of so many nearest training rows.',
    }),
  weights: z
    .enum(['uniform', 'distance'])
    .default('uniform')
    .meta({
      sweep: { values: ['uniform', 'distance'] },
      title: 'Weights',
      description: 'distance: nearer rows count more, by the inverse of their distance.',
    }),
  metric: z
    .enum(['euclidean', 'manhattan'])
    .default('euclidean')
    .meta({
      sweep: { values: ['euclidean', 'manhattan'] },
      title: 'Distance',
      description: 'euclidean: root of the sum of squared differences; manhattan: sum of differences.',
    }),
  max_rows: z.int().min(1).max(1_000_000).default(10_000).meta({
    title: 'Rows kept',
    description:
      'The model is the training rows themselves: of more than this many, so many are drawn. Predictions take longer with more.',
  }),
});
export type NeighboursParams = z.infer<typeof NeighboursParams>;
