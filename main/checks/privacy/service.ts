import { resolveDataset } from '../../datasets/index.ts';
import type { Service } from '../../workspaces/index.ts';
import { scanTask } from './tasks.ts';

export const privacyService: Service<'privacy'> = {
  async scan({ dataset: reference }, context) {
    const { dataset, version, manifest } = resolveDataset(context.workspace.db, reference);
    context.about({ dataset }, `personal data in ${dataset}@${version}`);
    const { result } = await context.task(scanTask, { manifest });
    const columns = [...result.columns];
    const personal = columns.filter(({ kind }) => kind !== null).length;
    return { dataset, version, rows: result.rows, columns, personal };
  },
};
