import { resolveDataset } from '../../datasets/index.ts';
import type { Service } from '../../workspaces/index.ts';
import { anonymityTask, scanTask } from './tasks.ts';
import { eraseSubject } from './subject/erase-subject.ts';
import { listErasures } from './subject/erasures.ts';
import { locateSubject } from './subject/locate-subject.ts';
import type { RowsHeld } from './subject/store.ts';
import { treatDataset } from './treat-dataset.ts';

/** `rowsHeld`: why a model by a recipe holds rows of its data. */
export const createPrivacyService = (rowsHeld: RowsHeld): Service<'privacy'> => ({
  async scan({ dataset: reference }, context) {
    const { dataset, version, manifest } = resolveDataset(context.workspace.db, reference);
    context.about({ dataset }, `personal data in ${dataset}@${version}`);
    const { result } = await context.task(scanTask, { manifest });
    const columns = [...result.columns];
    const personal = columns.filter(({ kind }) => kind !== null).length;
    return { dataset, version, rows: result.rows, columns, personal };
  },
  treat: (input, context) => treatDataset(input, context),
  async anonymity({ dataset: reference, before: earlier, quasi, sensitive, k }, context) {
    const { db } = context.workspace;
    const { dataset, version, manifest } = resolveDataset(db, reference);
    const parent = earlier === undefined ? undefined : resolveDataset(db, earlier);
    context.about({ dataset }, `anonymity of ${dataset}@${version}`);
    const of = (digest: string, share: readonly [number, number]) =>
      context.task(anonymityTask, { manifest: digest, quasi, sensitive, k }, share);
    const { result: after } = await of(manifest, [0, parent ? 0.5 : 1]);
    const before = parent && (await of(parent.manifest, [0.5, 1])).result;
    return {
      dataset,
      version,
      quasi,
      after,
      before: before && parent ? { ...before, dataset: parent.dataset, version: parent.version } : null,
    };
  },
  find: async (input, context) => (await locateSubject(input, rowsHeld, context)).places,
  erase: (input, context) => eraseSubject(input, rowsHeld, context),
  erasures: (_, { workspace }) => ({ erasures: listErasures(workspace.db) }),
});
