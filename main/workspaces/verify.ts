import type { CallContext, Service } from './context.ts';
import { hashObjects } from './hash-objects-task.ts';
import { unreadable } from './problem.ts';
import { verifyDatabase } from './verify-database.ts';
import { verifyJournal, type JournalCheck } from './verify-journal.ts';
import { explainObjects, knownObjects, type KnownObject } from './verify-objects.ts';

interface Records extends JournalCheck {
  readonly objects: readonly KnownObject[];
}

/** Database, journal, then every object. Damage of any kind is a problem in the report; nothing of it is thrown. */
export const verify: Service<'workspaces'>['verify'] = async (_, context) => {
  const { dir, db } = context.workspace;
  const { problems, objects, journal, records } = await readRecords(context, dir);
  const { result } = await context.task(hashObjects, {
    objects: objects.map(({ digest, size }) => ({ digest, size })),
  });
  const all = [...problems, ...explainObjects(db, objects, new Map(result.injured))];
  return {
    verified: all.length === 0,
    problems: all,
    checked: {
      objects: objects.length,
      bytes: result.bytes,
      records,
      references: objects.reduce((sum, { children }) => sum + children.length, 0),
      journal,
    },
  };
};

async function readRecords({ workspace, signal }: CallContext, dir: string): Promise<Records> {
  try {
    return await workspace.moment(async (db) => {
      const database = verifyDatabase(db);
      const { problems, journal, records } = await verifyJournal(db, dir, signal);
      const found = [...database, ...problems];
      try {
        return { problems: found, objects: knownObjects(db), journal, records };
      } catch (error) {
        return { problems: [...found, unreadable(error, 'objects')], objects: [], journal, records };
      }
    });
  } catch (error) {
    signal.throwIfAborted();
    return { problems: [unreadable(error)], objects: [], journal: 0, records: 0 };
  }
}
