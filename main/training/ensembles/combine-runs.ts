import { Engine } from '../../../preload/contract/common.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { RunMember } from '../../../preload/contract/training.ts';
import { refuseBlocked } from '../../checks/index.ts';
import { deletionOf, type VersionRow } from '../../datasets/index.ts';
import { ensembleId } from '../../models/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { canonicalJson, type ResolvedRecipe } from '../../recipes/index.ts';
import type { Workspace } from '../../workspaces/index.ts';
import type { FitRunInput } from '../fit-run.ts';
import { modelObjects } from '../load-model.ts';
import { manifestOf } from '../reproduce.ts';
import { runRecipe } from '../run-details.ts';
import { finishedRunRow, type RunRow } from '../store.ts';
import { ensembleRecipe, planOf, type Corrections, type EnsembleParams } from './plan.ts';

export interface Combination {
  readonly recipe: ResolvedRecipe;
  readonly data: Pick<VersionRow, 'dataset' | 'version' | 'snapshot' | 'manifest'>;
  readonly models: NonNullable<FitRunInput['members']>;
}

interface Asked extends Corrections {
  readonly how: EnsembleParams['how'];
  readonly weights?: readonly number[] | undefined;
}

interface Member {
  readonly row: RunRow;
  readonly recipe: ResolvedRecipe;
}

/**
 * The recipe of a combination of runs, its data, and the models it is made from. Throws `runs-not-combinable`, `ensemble-weights`,
 * `run-not-found`, `run-not-finished`, `run-data-missing`, `snapshot-blocked`.
 */
export function combineRuns(
  workspace: Workspace,
  runs: readonly string[],
  { how, weights, ...corrections }: Asked,
): Combination {
  const members = runs.map((run): Member => {
    const row = finishedRunRow(workspace.db, run);
    return { row, recipe: runRecipe(workspace.db, row) };
  });
  const [first] = members;
  if (!first) throw new TypeError('there is no run to combine');
  const twice = runs.find((run, i) => runs.indexOf(run) !== i);
  if (twice !== undefined) {
    throw different(twice, 'it is named twice; to let it count more give it a weight');
  }
  for (const member of members) refuseAlone(workspace, member);
  for (const member of members.slice(1)) refuseBeside(first, member);
  refuseLags(members);
  refuseJoins(members);
  refuseBlocked(workspace.db, first.row);
  const learns = how === 'stack' || corrections.calibrate !== undefined || corrections.conformal === true;
  if (learns) refuseUnlearnable(members, how);
  refuseCorrections(first, how, corrections);
  const manifest = manifestOf(workspace, first.row);
  const { dataset, version, snapshot } = first.row;
  if (manifest === undefined) {
    throw fail('run-data-missing', {
      run: first.row.id,
      dataset: dataOf(first.row),
      snapshot,
      deleted: deletionOf(workspace.db, snapshot),
    });
  }
  return {
    recipe: ensembleRecipe(
      members.map(({ recipe }) => recipe),
      paramsOf(how, weights, runs.length),
      corrections,
    ),
    data: { dataset, version, snapshot, manifest },
    models: members.map(({ row }) => ({
      ...modelObjects(row),
      engine: Engine.parse(JSON.parse(row.engine ?? 'null')),
    })),
  };
}

function different(run: string, reason: string) {
  return fail('runs-not-combinable', { run, reason });
}

/** What a run must be, whatever the others are. */
function refuseAlone({ objects }: Workspace, { row }: Member): void {
  if (row.family === ensembleId) {
    throw different(row.id, 'it is a combination already; name the runs that it combines');
  }
  const { pipeline, model } = modelObjects(row);
  if (!objects.has(pipeline) || !objects.has(model)) throw different(row.id, 'its model is no longer here');
}

/** What must be the same of two runs: the rows and what is predicted. */
function refuseBeside(first: Member, { row, recipe }: Member): void {
  const [a, b] = [first.row, row];
  if (a.snapshot !== b.snapshot) {
    throw different(b.id, `it was trained on ${dataOf(b)}, "${a.id}" on other data (${dataOf(a)})`);
  }
  if (a.target !== b.target || a.task !== b.task) {
    throw different(b.id, `it predicts ${b.target} (${b.task}), "${a.id}" ${a.target} (${a.task})`);
  }
  if ((first.recipe.split.sealed ?? false) !== (recipe.split.sealed ?? false)) {
    const [sealed, open] = recipe.split.sealed ? [b.id, a.id] : [a.id, b.id];
    throw different(b.id, `the test rows of "${sealed}" are sealed and those of "${open}" are not`);
  }
  if (a.split !== b.split) {
    const reason = `its rows are divided otherwise than those of "${a.id}", so rows that one learned from would judge the other; give both recipes the same split, filter and seed`;
    throw different(b.id, reason);
  }
}

function dataOf({ dataset, version }: RunRow): string {
  return `${dataset}@${version}`;
}

/** Lags are worked out once for all models. */
function refuseLags(members: readonly Member[]): void {
  const [first, ...more] = members.filter(({ recipe }) => recipe.lags);
  const other = more.find(({ recipe }) => canonicalJson(recipe.lags) !== canonicalJson(first?.recipe.lags));
  if (other) throw different(other.row.id, `its lags are others than those of "${first?.row.id}"`);
}

/** So are joined columns. */
function refuseJoins(members: readonly Member[]): void {
  const [first, ...more] = members.filter(({ recipe }) => recipe.join);
  const other = more.find(({ recipe }) => canonicalJson(recipe.join) !== canonicalJson(first?.recipe.join));
  if (other) throw different(other.row.id, `it joins other columns than "${first?.row.id}"`);
}

/** What is learned of models is learned from rows that none of them learned from in any way. */
function refuseUnlearnable(members: readonly Member[], how: EnsembleParams['how']): void {
  const [first] = members;
  if (!first || first.recipe.split.folds !== undefined) return;
  const calibrated = members.find((member) => member.recipe.calibrate !== undefined);
  if (calibrated) {
    const reason = `its probabilities were calibrated on the rows that ${how === 'stack' ? 'the stack' : 'this'} would learn from; ${how === 'stack' ? 'average it, or ' : ''}train it without "calibrate" or with folds`;
    throw different(calibrated.row.id, reason);
  }
  const { method, validation } = first.recipe.split;
  if (method !== 'column' && validation === 0) {
    const reason = `${how === 'stack' ? 'a stack' : 'this'} learns from predictions of rows that its models were not trained on, and the split has neither validation rows nor folds; ${how === 'stack' ? 'average them, or ' : ''}train with a share for validation or "folds"`;
    throw different(first.row.id, reason);
  }
}

function wrongInput(path: string, message: string) {
  return fail('input-invalid', { method: 'training.combine', problems: [{ path, message }] });
}

function refuseCorrections(
  { recipe: { task, split } }: Member,
  how: EnsembleParams['how'],
  { calibrate, conformal }: Corrections,
): void {
  if (calibrate !== undefined && task === 'regression') {
    throw wrongInput(
      'calibrate',
      'numbers have no probabilities to calibrate; "conformal" gives them intervals',
    );
  }
  if (how === 'stack' && split.folds === undefined && (calibrate !== undefined || conformal)) {
    const path = calibrate === undefined ? 'conformal' : 'calibrate';
    throw wrongInput(
      path,
      'the stack itself learns from the validation rows, so none are left to learn this from; average, or combine runs with folds',
    );
  }
}

function wrongWeights(reason: string) {
  return fail('ensemble-weights', { reason });
}

function paramsOf(
  how: EnsembleParams['how'],
  weights: readonly number[] | undefined,
  runs: number,
): EnsembleParams {
  if (how === 'stack') {
    if (weights !== undefined) throw wrongWeights('a stack learns them; leave them out, or say how: average');
    return { how };
  }
  if (weights === undefined) return { how, weights: Array.from({ length: runs }, () => 1) };
  if (weights.length !== runs) {
    throw wrongWeights(`there are ${weights.length} for ${runs} runs; give one for each, in the same order`);
  }
  if (weights.every((weight) => weight === 0)) throw wrongWeights('all are 0; at least one must be more');
  return { how, weights: [...weights] };
}

/** The runs whose models are in a run, in their order; none for a run of one model. */
export function membersOf(db: Db, run: string, recipe: ResolvedRecipe): RunMember[] {
  if (!recipe.members) return [];
  const plan = planOf(recipe);
  return db
    .all<{
      member: string;
      family: string;
    }>(
      'SELECT m.member, r.family FROM run_members m JOIN runs r ON r.id = m.member WHERE m.run = ? ORDER BY m.position',
      run,
    )
    .map(({ member, family }, i) => ({
      run: member,
      family,
      weight: plan.how === 'average' ? (plan.weights[i] ?? null) : null,
    }));
}
