import type { Metric } from '../metric.ts';
import { agreementMetrics } from './agreement.ts';
import { devianceMetrics } from './deviances.ts';
import { labelMetrics } from './labels.ts';
import { numberMetrics } from './numbers.ts';
import { severalClassMetrics } from './pairwise.ts';
import { probabilityMetrics } from './probabilities.ts';
import { rankingMetrics } from './rankings.ts';

/** Every metric, in the order pages show them; the first of each kind of prediction is its headline. */
export const metrics: readonly Metric[] = [
  ...numberMetrics,
  ...devianceMetrics,
  ...labelMetrics,
  ...rankingMetrics,
  ...severalClassMetrics,
  ...probabilityMetrics,
  ...agreementMetrics,
];
