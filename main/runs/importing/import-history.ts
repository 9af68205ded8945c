import { resolve } from 'node:path';
import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { Service } from '../../workspaces/index.ts';
import { readHistoryTask } from '../tasks.ts';

const Values = z.record(z.string(), z.string());
const Point = z.tuple([z.number(), z.number(), z.union([z.number(), z.string()])]);
const Pack = z.record(z.string(), z.record(z.string(), z.array(Point)));

export const importService: Pick<Service<'runs'>, 'import' | 'imported'> = {
  async import({ path }, context) {
    const { workspace, clock, actor } = context;
    const where = resolve(path);
    const known = Object.fromEntries(
      workspace.db
        .all<{ id: string; digest: string }>('SELECT id, digest FROM imported_runs')
        .map(({ id, digest }) => [id, digest]),
    );
    const { result, objects } = await context.task(readHistoryTask, { path: where, known }, [0, 0.9]);
    const at = clock.now();
    if (result.runs.length) {
      await context.commit(objects, (transaction) => {
        for (const { user, ...run } of result.runs)
          transaction.put('imported_runs', { ...run, tool: 'mlflow', actor: user, at, importer: actor });
      });
    }
    const changed = result.runs.filter(({ id }) => Object.hasOwn(known, id)).length;
    return {
      tool: 'mlflow' as const,
      added: result.runs.length - changed,
      changed,
      unchanged: result.unchanged,
      deleted: result.deleted,
      notFinite: result.notFinite,
      experiments: [...result.experiments],
    };
  },
  async imported({ run }, { workspace: { db, objects } }) {
    const row = db.get<Record<string, string | null> & { duration: number | null }>(
      'SELECT * FROM imported_runs WHERE id = ?',
      run,
    );
    if (!row) {
      const latest = 'SELECT id FROM imported_runs ORDER BY created DESC LIMIT 5';
      throw fail('runs-not-imported', { run, known: db.all<{ id: string }>(latest).map(({ id }) => id) });
    }
    const read = (column: string): string => row[column] ?? '';
    const last = z.record(z.string(), z.number().nullable()).parse(JSON.parse(read('metrics')));
    const pack = row['history']
      ? Pack.parse(JSON.parse(new TextDecoder().decode(await objects.get(row['history']))))[run]
      : undefined;
    return {
      id: run,
      tool: 'mlflow' as const,
      experiment: read('experiment'),
      name: read('name'),
      status: read('status') as 'done',
      created: read('created'),
      finished: row['finished'] ?? null,
      duration: row.duration,
      user: read('actor'),
      note: row['note'] ?? null,
      params: Values.parse(JSON.parse(read('params'))),
      tags: Values.parse(JSON.parse(read('tags'))),
      metrics: Object.entries(last).map(([name, value]) => ({
        name,
        last: value,
        points: (pack?.[name] ?? []).map(([step, moment, told]) => ({
          step,
          at: new Date(moment).toISOString(),
          value: typeof told === 'number' ? told : null,
        })),
      })),
      read: { at: read('at'), by: read('importer') },
    };
  },
};
