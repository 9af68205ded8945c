import * as z from 'zod';

export const GlmParams = z.strictObject({
  distribution: z
    .enum(['default', 'gaussian', 'poisson', 'gamma', 'tweedie', 'binomial'])
    .default('default')
    .meta({
      title: 'Distribution',
      description:
        'How the target varies about its expected value. default: gaussian for amounts, binomial for two classes. poisson: counts and rates of at least 0, variance = mean. gamma: amounts above 0, variance = mean squared. tweedie: amounts that are often exactly 0, variance = mean to the power of "power".',
    }),
  link: z.enum(['default', 'identity', 'log', 'inverse', 'logit']).default('default').meta({
    title: 'Link',
    description:
      'What is a weighted sum of the features: the expected value (identity), its logarithm (log: effects multiply), one divided by it (inverse), or the log odds (logit). default: identity for gaussian, logit for binomial, else log.',
  }),
  power: z.number().min(1).max(2).default(1.5).meta({
    title: 'Variance power',
    description: 'Of tweedie: 1 is Poisson, 2 is gamma, between them zeros and positive amounts together.',
  }),
  alpha: z.number().min(0).default(0).meta({
    title: 'Alpha',
    description:
      'Ridge penalty: half of alpha times the sum of squared coefficients is added to the mean half deviance, as in scikit-learn PoissonRegressor. 0: plain maximum likelihood with classical standard errors. Put a scale step before it, or columns of small units are penalised most.',
  }),
  dispersion: z.enum(['default', 'estimated']).default('default').meta({
    title: 'Dispersion',
    description:
      'default: 1 for poisson and binomial, estimated from the residuals (Pearson) for the others. estimated: for these two as well (quasi-likelihood), which makes standard errors honest where rows vary more than the distribution allows.',
  }),
  max_iter: z.int().min(1).max(10_000).default(100).meta({
    title: 'Iterations',
    description: 'At most this many steps of reweighted least squares; a few are usual.',
  }),
});
export type GlmParams = z.infer<typeof GlmParams>;
