import { fail } from '../../preload/contract/errors.ts';
import { refuseBlocked } from '../checks/index.ts';
import { datasetNames, resolveDataset, type VersionRow } from '../datasets/index.ts';
import { families, familyById } from '../models/index.ts';
import type { Db } from '../platform/database/index.ts';
import { joinedData, recipeYaml, requireResolved, resolveRecipe, type FactsOf } from '../recipes/index.ts';
import type { Service } from '../workspaces/index.ts';
import { endRun, finishRun, startRun } from './record-run.ts';
import { editOf, withEdit } from './edit-curve.ts';
import { combineRuns, membersOf } from './ensembles/combine-runs.ts';
import { sealedRows } from './holdout/looks.ts';
import { reportOf, runEnvironment, runHistory, runRecipe, runSplit } from './run-details.ts';
import { finishedRunRow, listRuns, loadRun, runRow } from './store.ts';
import { fitRunTask } from './tasks.ts';

export function createTrainingService(factsOf: FactsOf): Service<'training'> {
  return {
    async run({ recipe: written, dataset, seed }, context) {
      const { workspace } = context;
      const data = chooseDataset(workspace.db, dataset);
      refuseBlocked(workspace.db, data);
      const facts = await factsOf(data, written, context);
      const resolution = resolveRecipe(written, facts, families, seed === undefined ? {} : { seed });
      const recipe = requireResolved(resolution);
      await familyById(recipe.family).ready?.();
      const id = await startRun(recipe, data, resolution.notes, context);
      context.about(
        { run: id, dataset: data.dataset },
        `train ${recipe.family} on ${data.dataset}@${data.version}`,
      );
      try {
        const outcome = await context.task(
          fitRunTask,
          {
            manifest: data.manifest,
            ...joinedData(workspace.db, recipe),
            recipe,
            test: { sealed: sealedRows(workspace.db, data.snapshot) },
          },
          [0.05, 0.98],
        );
        await finishRun(id, recipe, resolution.notes, outcome, context);
      } catch (error) {
        throw await endRun(id, error, context);
      }
      return { run: loadRun(workspace.db, id) };
    },
    async edit({ run: parent, why, ...edit }, context) {
      const { workspace } = context;
      const row = finishedRunRow(workspace.db, parent);
      refuseBlocked(workspace.db, row);
      const edited = { parent, edit, why };
      const { recipe, manifest } = await withEdit(workspace, row, edit);
      const { dataset, version, snapshot } = row;
      const id = await startRun(recipe, { dataset, version, snapshot, manifest }, [], context, {
        edit: edited,
      });
      context.about({ run: id, dataset }, `edit the curve of ${edit.feature} of ${parent}`);
      try {
        const outcome = await context.task(
          fitRunTask,
          {
            manifest,
            ...joinedData(workspace.db, recipe),
            recipe,
            test: { sealed: sealedRows(workspace.db, snapshot) },
          },
          [0.05, 0.98],
        );
        await finishRun(id, recipe, [], outcome, context);
      } catch (error) {
        throw await endRun(id, error, context);
      }
      return { run: loadRun(workspace.db, id), edited };
    },
    async combine({ runs, ...asked }, context) {
      const { workspace } = context;
      const { recipe, data, models } = combineRuns(workspace, runs, asked);
      const id = await startRun(recipe, data, [], context, { members: runs });
      context.about({ run: id, dataset: data.dataset }, `${asked.how} ${runs.join(', ')}`);
      try {
        const test = { sealed: sealedRows(workspace.db, data.snapshot) };
        const joined = joinedData(workspace.db, recipe);
        const input = { manifest: data.manifest, ...joined, recipe, members: models, test };
        await finishRun(id, recipe, [], await context.task(fitRunTask, input, [0.05, 0.98]), context);
      } catch (error) {
        throw await endRun(id, error, context);
      }
      return { run: loadRun(workspace.db, id), members: membersOf(workspace.db, id, recipe) };
    },
    list: ({ limit }, { workspace: { db } }) => ({ runs: listRuns(db, limit) }),
    async show({ run }, { workspace: { db, objects } }) {
      const row = runRow(db, run);
      const recipe = runRecipe(db, row);
      return {
        run: loadRun(db, run),
        recipe,
        yaml: recipeYaml(recipe),
        history: await runHistory(objects, row),
        report: await reportOf(objects, row),
        edited: editOf(db, run),
        members: membersOf(db, run, recipe),
        split: await runSplit(objects, row),
        environment: runEnvironment(db, run) ?? null,
      };
    },
    async cancel({ run }, { workspace: { db }, jobs }) {
      const { job, status } = runRow(db, run);
      if (job !== null && (status === 'running' || status === 'queued')) await jobs.cancel(job);
      return { run: loadRun(db, run) };
    },
  };
}

/** The version that is meant; without a reference the newest of the only dataset. */
export function chooseDataset(db: Db, reference: string | undefined): VersionRow {
  if (reference !== undefined) return resolveDataset(db, reference);
  const known = datasetNames(db);
  const [only] = known;
  if (only === undefined || known.length > 1) throw fail('run-dataset-needed', { known });
  return resolveDataset(db, only);
}
