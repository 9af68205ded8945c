import { fail } from '../../../preload/contract/errors.ts';
import type { Comparison } from '../../../preload/contract/evaluation.ts';
import { RunMetrics } from '../../../preload/contract/training.ts';
import { compareFolds, loadEvaluation, overlayCurves } from '../../evaluation/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { joinedData } from '../../recipes/index.ts';
import type { CallContext, Service } from '../../workspaces/index.ts';
import type { LearnedCoverage } from './analyses.ts';
import { planOf } from '../ensembles/plan.ts';
import { modelObjects } from '../load-model.ts';
import { runRecipe } from '../run-details.ts';
import { finishedRunRow, isSealed, type RunRow } from '../store.ts';
import {
  compareRunsTask,
  costsTask,
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
  async costs({ run, costs }, context) {
    const judged = judgedRun(run, context, 'costs');
    const { result } = await context.task(costsTask, { judged, costs });
    const { classes, costs: matrix, notes } = result;
    return { run, ...result, classes: [...classes], costs: matrix.map((row) => [...row]), notes: [...notes] };
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
    const byFolds = compareByFolds(context.workspace.db, a, b);
    const which = byFolds.length > 0 ? 'sealed too' : 'open';
    const [first, second] = [
      judgedRun(a, context, 'comparison', which),
      judgedRun(b, context, 'comparison', which),
    ];
    refuseDifferent(first, second);
    const shut = byFolds.length > 0 ? whyFoldsAlone(context.workspace.db, first, second) : undefined;
    if (shut !== undefined) return { a, b, rows: 0, comparisons: byFolds, notes: [shut] };
    const { result } = await context.task(compareRunsTask, { a: first, b: second });
    const { rows, comparisons, notes } = result;
    return { a, b, rows, comparisons: [...comparisons, ...byFolds], notes: [...notes] };
  },
  async curves({ runs }, { workspace }) {
    const rows = runs.map((run) => finishedRunRow(workspace.db, run));
    refuseOtherAim(rows);
    const named = rows.map(({ id, family }, i) => ({ name: String.fromCodePoint(65 + i), run: id, family }));
    const drawn = await Promise.all(
      named.map(async ({ name, run, family }) => {
        const { figures } = await loadEvaluation(workspace, run);
        return { name: `${name}: ${family}`, family, figures };
      }),
    );
    return { runs: named, figures: overlayCurves(drawn), notes: curveNotes(rows) };
  },
  async errors({ run, limit }, context) {
    const judged = judgedRun(run, context, 'worst rows');
    const { result } = await context.task(errorsTask, { judged, limit });
    return { run, ...result, errors: result.errors.map((row) => ({ ...row, values: { ...row.values } })) };
  },
};

/** Curves of runs that predict something else have nothing to do with each other. */
function refuseOtherAim(rows: readonly RunRow[]): void {
  const [first] = rows;
  const other = rows.find(
    ({ dataset, target, task }) =>
      dataset !== first?.dataset || target !== first.target || task !== first.task,
  );
  if (!first || !other) return;
  const reason = `one predicts ${aimOf(first)}, the other ${aimOf(other)}`;
  throw fail('runs-not-comparable', { a: first.id, b: other.id, reason });
}

function aimOf({ dataset, target, task }: RunRow): string {
  return `${target} of ${dataset} (${task})`;
}

function curveNotes(rows: readonly RunRow[]): string[] {
  const same = new Set(rows.map(({ snapshot, split }) => `${snapshot} ${split ?? ''}`)).size === 1;
  return same ? [] : ['the runs are not judged by the same rows, so small differences say little'];
}

/** Two runs fold for fold; nothing where they have no folds, or not the same. */
function compareByFolds(db: Db, a: string, b: string): Comparison[] {
  const [x, y] = [finishedRunRow(db, a), finishedRunRow(db, b)];
  if (x.split === null || x.split !== y.split || x.snapshot !== y.snapshot) return [];
  return x.target === y.target && x.task === y.task ? compareFolds(foldsOf(x), foldsOf(y)) : [];
}

function foldsOf({ metrics }: RunRow) {
  return metrics === null ? [] : (RunMetrics.parse(JSON.parse(metrics)).folds ?? []);
}

/** Why the test rows of two runs with the same split are not looked at; undefined where they are. */
function whyFoldsAlone(db: Db, a: JudgedRun, b: JudgedRun): string | undefined {
  if ([a, b].some(({ run }) => isSealed(finishedRunRow(db, run)))) {
    return 'test rows are sealed, so the folds alone compare them';
  }
  return a.recipe.split.test === 0 ? 'there are no test rows, so the folds alone compare them' : undefined;
}

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
  const recipe = runRecipe(db, row);
  return { run, manifest, split, recipe, ...joinedData(db, recipe), ...modelObjects(row) };
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
