import * as z from 'zod';
import { VersionSource } from '../../../../preload/contract/datasets.ts';
import { TrashBody } from '../../../datasets/index.ts';
import type { Db } from '../../../platform/database/index.ts';

export interface SnapshotPlace {
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly manifest: string;
  readonly rows: number;
  readonly trashed: boolean;
}

export const runParts = ['pipeline', 'model', 'evaluation', 'history', 'golden', 'split'] as const;

export interface Catalogue {
  readonly snapshots: readonly SnapshotPlace[];
  /** Objects that are not columns of snapshots. */
  readonly others: readonly { readonly digest: string; readonly kind: string }[];
  readonly runs: readonly {
    readonly id: string;
    readonly dataset: string;
    readonly version: number;
    readonly snapshot: string;
    /** Snapshots that its recipe took columns from. */
    readonly joined: readonly string[];
    readonly split: boolean;
    /** Why its model holds rows of the data; null where it holds only what was learned from them. */
    readonly holdsRows: string | null;
    readonly done: boolean;
    /** What it made went with a person erased before. */
    readonly erased: boolean;
    readonly objects: readonly { readonly part: string; readonly digest: string }[];
  }[];
  readonly models: readonly { readonly model: string; readonly version: number; readonly run: string }[];
  readonly bundles: readonly {
    readonly digest: string;
    readonly model: string;
    readonly version: number;
    readonly direction: string;
    readonly withData: boolean;
  }[];
}

/** Why a model by this recipe (the body of its record) holds rows or words of the data; null where it holds only what was learned from them. */
export type RowsHeld = (recipe: unknown) => string | null;

/** All that may hold somebody's rows. */
export function readCatalogue(db: Db, rowsHeld: RowsHeld): Catalogue {
  const live = db.all<Omit<SnapshotPlace, 'trashed'>>(
    `SELECT v.dataset, v.version, v.snapshot, s.manifest, s.rows FROM versions v JOIN snapshots s ON s.id = v.snapshot
     ORDER BY v.dataset, v.version`,
  );
  const trashed = db.all<Omit<SnapshotPlace, 'trashed'>>(
    `SELECT d.dataset, d.version, d.snapshot, s.manifest, s.rows FROM deletions d JOIN snapshots s ON s.id = d.snapshot
     WHERE d.emptied IS NULL ORDER BY d.dataset, d.version`,
  );
  const runs = db.all<
    Record<(typeof runParts)[number], string | null> & {
      id: string;
      dataset: string;
      version: number;
      snapshot: string;
      status: string;
      body: string;
      joined: string;
    }
  >(
    `SELECT id, dataset, version, snapshot, status, ${runParts.join(', ')},
       (SELECT body FROM recipes c WHERE c.hash = runs.recipe) AS body,
       (SELECT json_group_array(json_extract(j.value, '$.snapshot')) FROM recipes c, json_each(c.body, '$.join') j
        WHERE c.hash = runs.recipe) AS joined
     FROM runs ORDER BY created, id`,
  );
  const bundles = db.all<{
    digest: string;
    model: string;
    version: number;
    direction: string;
    with_data: number;
  }>('SELECT digest, model, version, direction, with_data FROM bundles ORDER BY at');
  return {
    snapshots: [
      ...live.map((row) => ({ ...row, trashed: false })),
      ...trashed.map((row) => ({ ...row, trashed: true })),
    ],
    others: db.all(
      `SELECT digest, kind FROM objects WHERE kind NOT IN ('column-block', 'column-patches', 'snapshot-manifest') ORDER BY kind, digest`,
    ),
    runs: runs.map((run) => ({
      id: run.id,
      dataset: run.dataset,
      version: run.version,
      snapshot: run.snapshot,
      joined: z.array(z.string()).parse(JSON.parse(run.joined)),
      split: run.split !== null,
      holdsRows: rowsHeld(JSON.parse(run.body)),
      done: run.status === 'done',
      erased: run.status === 'erased',
      objects: runParts.flatMap((part) => {
        const digest = run[part];
        return digest === null ? [] : [{ part, digest }];
      }),
    })),
    models: db.all('SELECT model, version, run FROM model_versions ORDER BY model, version'),
    bundles: bundles.map(({ with_data, ...bundle }) => ({ ...bundle, withData: with_data === 1 })),
  };
}

export interface MadeVersion {
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly how: 'query' | 'treatment';
  /** Snapshots it was made of. */
  readonly parents: readonly string[];
}

/** Versions that were made of others, in the order they were made; those in the trash as well. */
export function madeVersions(db: Db): MadeVersion[] {
  const live = db.all<VersionRecord>(
    `SELECT dataset, version, snapshot, source, created FROM versions WHERE source LIKE '%"parents"%'`,
  );
  const trashed = db
    .all<{ body: string }>(`SELECT body FROM deletions WHERE emptied IS NULL AND body LIKE '%parents%'`)
    .map(({ body }): VersionRecord => TrashBody.parse(JSON.parse(body)).record);
  return [...live, ...trashed]
    .toSorted((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0))
    .flatMap(({ source, dataset, version, snapshot }) => {
      const made = VersionSource.nullable().parse(JSON.parse(source));
      const { parents } = made?.query ?? made?.treatment ?? { parents: [] };
      const how = made?.query ? ('query' as const) : ('treatment' as const);
      return [{ dataset, version, snapshot, how, parents: parents.map((parent) => parent.snapshot) }];
    });
}

interface VersionRecord {
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly source: string;
  readonly created: string;
}

/** Tables of the database and their columns of text. */
export function textColumns(db: Db): { table: string; columns: string[] }[] {
  return db
    .all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .map(({ name }) => ({
      table: name,
      columns: db
        .all<{ name: string; type: string }>(`PRAGMA table_info("${name}")`)
        .filter(({ type }) => type === 'TEXT')
        .map((column) => column.name),
    }));
}

/** Texts of a column in which a value stands, if only as a part of a word. */
export function textsWith(db: Db, table: string, column: string, value: string): string[] {
  return db
    .all<{ text: string }>(
      `SELECT "${column}" AS text FROM "${table}" WHERE instr("${column}", ?) > 0`,
      value,
    )
    .map(({ text }) => text);
}
