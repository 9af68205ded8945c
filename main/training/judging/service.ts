import { fail } from '../../../preload/contract/errors.ts';
import type { CallContext, Service } from '../../workspaces/index.ts';
import type { LearnedCoverage } from './analyses.ts';
import { planOf } from '../ensembles/plan.ts';
import { modelObjects } from '../load-model.ts';
import { runRecipe } from '../run-details.ts';
import { finishedRunRow, isSealed, type RunRow } from '../store.ts';
import {
  compareRunsTask,
  coverageTask,
  errorsTask,
  intervalsTask,
  sizesTask,
  slicesTask,
  thresholdsTask,
} from './tasks.ts';
import type { JudgedRun } from './test-outcome.ts';

/** What is asked of a run after it has ended: its test rows are predicted again from its stored model. */
export const judgingService: Omit<Service<'evaluation'>, 'show'> = {
  async intervals({ run, level, ...options }, context) {
    const judged = judgedRun(run, context, 'intervals');
    const { result } = await context.task(intervalsTask, { judged, level, ...options });
    return { run, level, ...result, metrics: [...result.metrics] };
  },
  async thresholds({ run, ...costs }, context) {
    const judged = judgedRun(run, context, 'thresholds');
    const { result } = await context.task(thresholdsTask, { judged, ...costs });
    return { run, ...result, thresholds: [...result.thresholds], lift: [...result.lift] };
  },
  async coverage({ run, level }, context) {
    const judged = judgedRun(run, context, 'coverage');
    const { result } = await context.task(coverageTask, { judged, level });
    return { run, level, ...result, sentence: coverageSentence(level, result) };
  },
  async slices({ run, by, minRows }, context) {
    const judged = judgedRun(run, context, 'slices');
    const { result } = await context.task(slicesTask, { judged, by, minRows });
    return { run, ...result, slices: [...result.slices], worst: [...result.worst] };
  },
  async sizes({ run, ...options }, context) {
    const judged = judgedRun(run, context, 'training sizes');
    if (judged.recipe.members && planOf(judged.recipe).how === 'stack') throw fail('sizes-of-stack', { run });
    const { result } = await context.task(sizesTask, { judged, ...options });
    return { run, ...result, points: [...result.points], notes: [...result.notes] };
  },
  async compare({ a, b }, context) {
    const [first, second] = [judgedRun(a, context, 'comparison'), judgedRun(b, context, 'comparison')];
    refuseDifferent(first, second);
    const { result } = await context.task(compareRunsTask, { a: first, b: second });
    return { a, b, ...result, comparisons: [...result.comparisons], notes: [...result.notes] };
  },
  async errors({ run, limit }, context) {
    const judged = judgedRun(run, context, 'worst rows');
    const { result } = await context.task(errorsTask, { judged, limit });
    return { run, ...result, errors: result.errors.map((row) => ({ ...row, values: { ...row.values } })) };
  },
};

/** Throws `run-not-found`, `run-not-finished`, `run-data-missing`, and `holdout-sealed` unless sealed ones are meant. */
export function judgedRun(
  run: string,
  context: CallContext,
  what: string,
  which: 'open' | 'sealed too' = 'open',
): JudgedRun {
  const { db } = context.workspace;
  const row = finishedRunRow(db, run);
  if (which === 'open' && isSealed(row)) throw fail('holdout-sealed', { run, what });
  context.about({ run }, `${what} of ${run}`);
  const { manifest, split } = row;
  if (manifest === null || split === null) throw dataMissing(row);
  return { run, manifest, split, recipe: runRecipe(db, row), ...modelObjects(row) };
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

/** Both samples draw: the rows from which the promise was learned, and the test rows, on which it is looked at. */
function coverageSentence(
  level: number,
  { coverage, low, high, rows, learned, learnedFrom }: LearnedCoverage,
): string {
  const found = `${percent(coverage)} of ${rows} test rows lie within (95 % interval ${percent(low)} to ${percent(high)})`;
  const chance = 1.96 * Math.sqrt(level * (1 - level) * (1 / rows + 1 / (learned + 2)));
  if (Math.abs(coverage - level) <= chance) return `${found}: as promised`;
  return coverage < level
    ? `${found}: fewer than the ${percent(level)} promised, so test rows are not like the ${learnedFrom === 'folds' ? 'training rows' : 'validation rows'}`
    : `${found}: more than the ${percent(level)} promised, so intervals are wider than they need be`;
}

function dataMissing({ id, dataset, version, snapshot }: RunRow) {
  return fail('run-data-missing', { run: id, dataset: `${dataset}@${version}`, snapshot });
}

function refuseDifferent(a: JudgedRun, b: JudgedRun): void {
  const different = (reason: string) => fail('runs-not-comparable', { a: a.run, b: b.run, reason });
  if (a.manifest !== b.manifest) throw different('they were trained on different snapshots');
  const [x, y] = [a.recipe, b.recipe];
  if (x.target !== y.target || x.task !== y.task) {
    throw different(`one predicts ${x.target} (${x.task}), the other ${y.target} (${y.task})`);
  }
}
