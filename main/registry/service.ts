import { finishedRunRow, loadModel, modelObjects, predictionFields } from '../training/index.ts';
import type { Service } from '../workspaces/index.ts';
import { changeStage } from './change-stage.ts';
import { predict } from './predict.ts';
import { describeVersion, modelNames, resolveModel, versionRows } from './store.ts';

export const registryService: Service<'registry'> = {
  async add({ run, name, notes }, { workspace, commit, clock, actor }) {
    const { db } = workspace;
    finishedRunRow(db, run);
    const at = clock.now();
    const version = await commit([], (transaction) => {
      if (!modelNames(db).includes(name)) transaction.put('models', { name, created: at });
      const next = (versionRows(db, name).at(-1)?.version ?? 0) + 1;
      transaction.put('model_versions', {
        model: name,
        version: next,
        run,
        stage: 'candidate',
        notes,
        created: at,
        actor,
        history: JSON.stringify([{ at, by: actor, change: 'entered as candidate' }]),
        origin: null,
      });
      return next;
    });
    return { model: describeVersion(db, resolveModel(db, `${name}@${version}`)) };
  },
  list(_, { workspace: { db } }) {
    return {
      models: modelNames(db).map((name) => ({
        name,
        versions: versionRows(db, name).map((row) => describeVersion(db, row)),
      })),
    };
  },
  async show({ model }, { workspace: { db, objects } }) {
    const row = resolveModel(db, model);
    const { pipeline } = await loadModel(objects, modelObjects(finishedRunRow(db, row.run)));
    return { model: describeVersion(db, row), fields: predictionFields(pipeline) };
  },
  predict: (input, context) => predict(input, context),
  async stage({ model, stage, notes }, { workspace: { db }, commit, clock, actor }) {
    const chosen = resolveModel(db, model);
    // Read again inside: another version may have gone live meanwhile.
    await commit([], (transaction) =>
      changeStage(transaction, versionRows(db, chosen.model), chosen.version, {
        stage,
        notes,
        at: clock.now(),
        by: actor,
      }),
    );
    return { model: describeVersion(db, resolveModel(db, `${chosen.model}@${chosen.version}`)) };
  },
};
