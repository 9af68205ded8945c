import { commonFailures } from './common.ts';
import { Failure } from './failure.ts';
import { bundleFailures } from './bundles.ts';
import { checkFailures } from './checks.ts';
import { datasetFailures } from './datasets.ts';
import { evaluationFailures } from './evaluation.ts';
import { helpFailures } from './help.ts';
import { holdoutFailures } from './holdout.ts';
import { hostFailures } from './host.ts';
import { jobFailures } from './jobs.ts';
import { lineageFailures } from './lineage.ts';
import { modelFailures } from './models.ts';
import { privacyFailures } from './privacy.ts';
import { recipeFailures } from './recipes.ts';
import { registryFailures } from './registry.ts';
import { remoteFailures } from './remotes.ts';
import { runsFailures } from './runs.ts';
import { sweepFailures } from './sweeps.ts';
import { systemFailures } from './system.ts';
import { trainingFailures } from './training.ts';
import { viewFailures } from './views.ts';
import { workspaceFailures } from './workspaces.ts';

/** Every code there is, with its English words. Another language is another table of this shape. */
export const failures = {
  ...commonFailures,
  ...workspaceFailures,
  ...jobFailures,
  ...lineageFailures,
  ...datasetFailures,
  ...viewFailures,
  ...checkFailures,
  ...privacyFailures,
  ...recipeFailures,
  ...modelFailures,
  ...trainingFailures,
  ...sweepFailures,
  ...evaluationFailures,
  ...holdoutFailures,
  ...runsFailures,
  ...registryFailures,
  ...bundleFailures,
  ...remoteFailures,
  ...helpFailures,
  ...systemFailures,
  ...hostFailures,
};

export type FailureCode = keyof typeof failures;
export type FailureDetails<Code extends FailureCode> = Parameters<(typeof failures)[Code]>[0];

/** Makes a failure to throw: `throw fail('dataset-not-found', { name, known })`. */
export function fail<Code extends FailureCode>(
  code: Code,
  details: FailureDetails<Code>,
  cause?: unknown,
): Failure {
  const words = failures[code] as (details: FailureDetails<Code>) => string;
  return new Failure(code, details, words(details), cause);
}

/** Anything thrown, as a failure: our own unchanged, the rest as `internal` with what was being done. */
export function toFailure(error: unknown, what: string): Failure {
  if (error instanceof Failure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return fail('internal', { what, reason }, error);
}

export { Failure, type FailureJson } from './failure.ts';
