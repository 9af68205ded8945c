import type * as z from 'zod';
import type { datasets } from '../../preload/contract/datasets.ts';
import { fail } from '../../preload/contract/errors.ts';
import type { Db } from '../platform/database/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import { reachable, recordVersion } from './import-file.ts';
import { datasetNames, tagsOf, versionRows, type VersionRow } from './store.ts';
import { queryTask } from './tasks.ts';

type Input = z.output<typeof datasets.query.input>;
type Output = z.input<typeof datasets.query.output> & { readonly table: Uint8Array };

/** Runs a query over the workspace's datasets, and keeps its result where that is asked for. */
export async function queryDatasets({ sql, limit, save }: Input, context: CallContext): Promise<Output> {
  const { db, dir, holder } = context.workspace;
  if (save !== undefined && holder !== null) throw fail('workspace-locked', { dir, holder });
  const rows = new Map(datasetNames(db).flatMap((dataset) => named(db, versionRows(db, dataset))));
  context.about(
    save === undefined ? {} : { dataset: save },
    save === undefined ? 'query' : `query into ${save}`,
  );
  const { result, objects } = await context.task(
    queryTask,
    {
      sql: sql.trim().replace(/;\s*$/, ''),
      tables: [...rows].map(([name, { manifest }]) => ({ name, manifest })),
      limit,
      save: save !== undefined,
    },
    [0, 0.98],
  );
  const parents = result.used.flatMap((name) => rows.get(name) ?? []);
  const { saved, table } = result;
  return {
    rows: result.rows,
    columns: [...result.columns],
    read: parents.map(({ dataset, version }) => `${dataset}@${version}`),
    saved: saved && save !== undefined ? await keep(saved, save) : null,
    notes: [...result.notes],
    table,
  };

  async function keep(made: NonNullable<typeof saved>, dataset: string): Promise<Output['saved']> {
    const source = {
      ...made.source,
      query: {
        sql,
        parents: parents.map((parent) => ({
          dataset: parent.dataset,
          version: parent.version,
          snapshot: parent.snapshot,
        })),
      },
    };
    const { id, rows: count, columns } = made.snapshot;
    const version = await recordVersion(
      { ...made, source },
      reachable(objects, made),
      { dataset, options: {} },
      context,
    );
    return { dataset, ...version, snapshot: { id, rows: count, columns, rejected: 0 } };
  }
}

/** `houses` for the latest version, `houses@2` for each. */
function named(db: Db, rows: readonly VersionRow[]): [string, VersionRow][] {
  const latest = rows.at(-1);
  return [
    ...(latest ? [[latest.dataset, latest] satisfies [string, VersionRow]] : []),
    ...rows.flatMap((row) =>
      [String(row.version), ...tagsOf(db, row.dataset, row.version)].map((name): [string, VersionRow] => [
        `${row.dataset}@${name}`,
        row,
      ]),
    ),
  ];
}
