import { basename } from 'node:path';
import type { ImportOptions } from '../../preload/contract/import-options.ts';
import { fail } from '../../preload/contract/errors.ts';
import type { Db } from '../platform/database/index.ts';
import type { ObjectFacts } from '../platform/objects/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import type { ImportResult } from './importing/importer.ts';
import { isDatabase } from './databases/address.ts';
import { importLimits, readAside } from './importing/read-limits.ts';
import { withPassword } from './inspect-file.ts';
import { takenVersions, versionRows } from './store.ts';
import { importTask } from './tasks.ts';

export interface ImportedVersion {
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: {
    readonly id: string;
    readonly rows: number;
    readonly columns: number;
    readonly rejected: number;
  };
  readonly added: boolean;
  readonly notes: string[];
}

/** Imports a file as the next version of a dataset; when its latest version has the same content, nothing is stored. */
export async function importFile(
  given: {
    readonly path: string;
    readonly name?: string | undefined;
    readonly options: ImportOptions;
    readonly password?: string | undefined;
  },
  context: CallContext,
): Promise<ImportedVersion> {
  const { path, options, password } = await withPassword(given);
  const dataset = given.name ?? nameFromSource(path, options);
  context.about({ dataset }, `import ${basename(path)} as ${dataset}`);
  const base = versionRows(context.workspace.db, dataset).at(-1)?.manifest;
  const { result, objects } = await readAside(path, () =>
    context.task(importTask, { path, options, base, password }, [0, 0.98], importLimits),
  );
  const { snapshot: stored, rejected, notes } = result;
  const facts = {
    dataset,
    snapshot: { id: stored.id, rows: stored.rows, columns: stored.columns, rejected },
    notes: [...notes],
  };
  const latest = versionRows(context.workspace.db, dataset).at(-1);
  if (latest?.snapshot === stored.id) return { ...facts, version: latest.version, added: false };
  const named = reachable(objects, result);
  return { ...facts, ...(await recordVersion(result, named, { dataset, options }, context)) };
}

/** Drops blocks of an attempt that was started over: no record would ever name them. */
export function reachable(
  objects: readonly ObjectFacts[],
  { snapshot, rejects }: ImportResult,
): ObjectFacts[] {
  const manifest = objects.find(({ digest }) => digest === snapshot.manifest);
  const named = new Set([snapshot.manifest, rejects, ...(manifest?.children ?? [])]);
  return objects.filter(({ digest }) => named.has(digest));
}

/** The next number is found inside the commit: another import of the same dataset may have ended meanwhile. */
export async function recordVersion(
  { snapshot, rejected, rejects, source, notes }: ImportResult,
  objects: readonly ObjectFacts[],
  { dataset, options }: { readonly dataset: string; readonly options: ImportOptions },
  context: CallContext,
): Promise<{ version: number; added: boolean }> {
  const { db } = context.workspace;
  const created = context.clock.now();
  return context.commit(objects, (transaction) => {
    const { id, manifest, rows, columns } = snapshot;
    refuseLost(db, objects, manifest, dataset);
    const latest = versionRows(db, dataset).at(-1);
    if (latest?.snapshot === id) return { version: latest.version, added: false };
    const version = Math.max(0, ...takenVersions(db, dataset)) + 1;
    if (!db.get('SELECT 1 FROM datasets WHERE name = ?', dataset))
      transaction.put('datasets', { name: dataset, created });
    if (!db.get('SELECT 1 FROM snapshots WHERE id = ?', id))
      transaction.put('snapshots', { id, manifest, rows, columns });
    transaction.put('versions', {
      dataset,
      version,
      snapshot: id,
      created,
      actor: context.actor,
      source: JSON.stringify(source),
      options: JSON.stringify(options),
      rejected,
      rejects,
      notes: JSON.stringify(notes),
    });
    return { version, added: true };
  });
}

/** Blocks that were to be shared may have been deleted while the file was read. Throws `dataset-base-deleted`. */
function refuseLost(db: Db, objects: readonly ObjectFacts[], manifest: string, dataset: string): void {
  const children = objects.find(({ digest }) => digest === manifest)?.children ?? [];
  if (!children.every((digest) => db.get('SELECT 1 FROM objects WHERE digest = ?', digest)))
    throw fail('dataset-base-deleted', { dataset });
}

/** A database's table, or else the database, gives its name; a file its own. */
function nameFromSource(path: string, { table }: ImportOptions): string {
  return nameFromFile(isDatabase(path) ? (table ?? new URL(path).pathname) : path);
}

/** `Sales 2024 (final).csv` becomes `sales-2024-final`. */
export function nameFromFile(path: string): string {
  const plain = basename(path.replace(/\.(?:gz|gzip|zst|zstd)$/i, ''))
    .replace(/(?<=.)\.[^.]*$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 63);
  return plain === '' ? 'data' : plain;
}
