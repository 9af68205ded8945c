import type { Solution } from '../../linear-predictor/identify.ts';

/** What standard errors mean. `classical`: sampling errors; `bayesian`: posterior deviations under the penalty as a prior. */
export type Inference = 'classical' | 'bayesian' | 'none';

export interface OverallTest {
  readonly statistic: number;
  readonly between: number;
  readonly within: number;
}

/** What a solver hands to the family: one solution per linear predictor. */
export interface Outcome {
  readonly solutions: readonly Solution[];
  /** One per solution; none where they are not defined. */
  readonly errors: readonly Solution[] | undefined;
  readonly inference: Inference;
  /** Of the t distribution; null: normal. */
  readonly degreesOfFreedom: number | null;
  /** Standard deviation of the residuals (regression). */
  readonly residualDeviation: number | null;
  /** F test of all coefficients being 0 (unpenalised regression with rows to spare). */
  readonly overall: OverallTest | null;
  readonly notes: readonly string[];
}
