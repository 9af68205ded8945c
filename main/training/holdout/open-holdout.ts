import { canonicalJson } from '../../recipes/index.ts';
import { evaluate, figuresOf, type Evaluation } from '../../evaluation/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { RunMetrics } from '../../../preload/contract/training.ts';
import { testOutcome, type JudgedRun } from '../judging/test-outcome.ts';

export interface OpenHoldoutInput {
  readonly judged: JudgedRun;
  /** Digest of what was stored when the run ended. */
  readonly evaluation: string;
}

export interface OpenHoldoutResult {
  readonly rows: number;
  readonly evaluation: string;
  readonly metrics: RunMetrics;
}

/** Scores a run by its test rows, and adds that to its evaluation. */
export async function openHoldout(
  { judged, evaluation: digest }: OpenHoldoutInput,
  context: TaskContext,
): Promise<OpenHoldoutResult> {
  const { reader, writer } = context;
  const outcome = await testOutcome(judged, context);
  const { metrics, evaluated } = evaluate(outcome);
  const before = JSON.parse(new TextDecoder().decode(await reader.get(digest))) as Evaluation;
  const evaluation: Evaluation = {
    metrics: { ...before.metrics, test: metrics },
    splits: { ...before.splits, test: evaluated },
    figures: [...before.figures, ...figuresOf(outcome.scored, 'test', judged.recipe.target)],
  };
  return {
    rows: outcome.rows.length,
    evaluation: await writer.put('evaluation', new TextEncoder().encode(canonicalJson(evaluation))),
    metrics: evaluation.metrics,
  };
}
