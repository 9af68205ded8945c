import type { Service } from '../../workspaces/index.ts';
import { readBody, trashRows } from './trash.ts';

export const restoreVersions: Service<'datasets'>['restore'] = async ({ dataset: reference }, context) => {
  const { db } = context.workspace;
  return context.commit([], (transaction) => {
    const rows = trashRows(db, reference);
    for (const row of rows) {
      const { dataset, version } = row;
      const { record, tags, note } = readBody(row);
      transaction.put('versions', record);
      if (note) transaction.put('version_notes', { dataset, version, ...note });
      for (const tag of tags) {
        if (db.get('SELECT 1 FROM tags WHERE dataset = ? AND tag = ?', dataset, tag)) continue;
        transaction.put('tags', {
          dataset,
          tag,
          version,
          created: context.clock.now(),
          actor: context.actor,
        });
      }
      transaction.remove('deletions', [dataset, version]);
    }
    return { restored: rows.map(({ dataset, version }) => ({ dataset, version })).toReversed() };
  });
};
