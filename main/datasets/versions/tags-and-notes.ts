import type { Service } from '../../workspaces/index.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { resolveDataset, tagsOf } from '../store.ts';

export const tagVersion: Service<'datasets'>['tag'] = async (
  { dataset: reference, tag, remove },
  context,
) => {
  const { db } = context.workspace;
  return context.commit([], (transaction) => {
    const { dataset, version } = resolveDataset(db, reference);
    const before = db.get<{ version: number }>(
      'SELECT version FROM tags WHERE dataset = ? AND tag = ?',
      dataset,
      tag,
    )?.version;
    if (remove) {
      if (before !== version)
        throw fail('tag-not-found', { dataset, version, tag, known: tagsOf(db, dataset, version) });
      transaction.remove('tags', [dataset, tag]);
    } else if (before !== version) {
      transaction.put('tags', { dataset, tag, version, created: context.clock.now(), actor: context.actor });
    }
    const movedFrom = remove || before === undefined || before === version ? null : before;
    return { dataset, version, tags: tagsOf(db, dataset, version), movedFrom };
  });
};

export const noteVersion: Service<'datasets'>['note'] = async ({ dataset: reference, text }, context) => {
  const { db } = context.workspace;
  const note = text.trim() === '' ? null : text.trim();
  return context.commit([], (transaction) => {
    const { dataset, version } = resolveDataset(db, reference);
    const before = db.get<{ note: string }>(
      'SELECT note FROM version_notes WHERE dataset = ? AND version = ?',
      dataset,
      version,
    )?.note;
    if (note === null && before !== undefined) transaction.remove('version_notes', [dataset, version]);
    if (note !== null && note !== before)
      transaction.put('version_notes', {
        dataset,
        version,
        note,
        created: context.clock.now(),
        actor: context.actor,
      });
    return { dataset, version, note };
  });
};
