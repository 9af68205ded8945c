import * as z from 'zod';
import { Digest, Engine } from '../../preload/contract/common.ts';
import { fail } from '../../preload/contract/errors.ts';
import { ImportOptions } from '../../preload/contract/import-options.ts';
import { VersionSource } from '../../preload/contract/datasets.ts';
import { RunMetrics } from '../../preload/contract/training.ts';
import type { Db } from '../platform/database/index.ts';
import { resolveModel } from '../registry/index.ts';
import { finishedRunRow, runEnvironment, type RunRow } from '../training/index.ts';
import { type BundleRecord, type RunPart } from './content.ts';

/** An object as the workspace knows it. */
export interface KnownObject {
  readonly digest: string;
  readonly kind: string;
  readonly size: number;
  readonly children: readonly string[];
}

/** What the database knows of a model version, and the objects a bundle of it is made from. */
export interface Gathered {
  readonly record: Omit<BundleRecord, 'objects'>;
  /** By part of the run; null where the run has none. */
  readonly parts: Readonly<Record<RunPart, KnownObject | null>>;
  /** The snapshot's manifest; null when the data is not in this workspace. */
  readonly manifest: KnownObject | null;
  /** Digests of manifests that came with bundles without data, newest first: one may be this run's. */
  readonly dataManifests: readonly string[];
  /** Digests of signatures made here before, newest first. */
  readonly signatures: readonly string[];
}

/** Kinds of object this domain stores. */
export const objectKinds = { dataManifest: 'data-manifest', signature: 'bundle-signature' } as const;

/** Reads all records about a model version. Throws what `resolveModel` and `finishedRunRow` throw, and `bundle-run-incomplete`. */
export function gather(db: Db, model: string): Gathered {
  const version = resolveModel(db, model);
  const run = finishedRunRow(db, version.run);
  const manifest = manifestOf(db, run);
  return {
    record: {
      format: 1,
      model: {
        name: version.model,
        version: version.version,
        created: version.created,
        by: version.actor,
        notes: version.notes,
      },
      run: runFacts(db, run),
      recipe: recipeFacts(db, run),
      dataset: datasetFacts(db, run),
      snapshot: snapshotFacts(db, run),
    },
    parts: partsOf(db, run),
    manifest,
    dataManifests: objectsOfKind(db, objectKinds.dataManifest),
    signatures: objectsOfKind(db, objectKinds.signature),
  };
}

function runFacts(db: Db, run: RunRow): BundleRecord['run'] {
  const environment = runEnvironment(db, run.id);
  return {
    id: run.id,
    target: run.target,
    task: run.task === 'regression' ? 'regression' : 'classification',
    family: run.family,
    recipe: run.recipe,
    seed: run.seed,
    code: run.code,
    engine: run.engine === null ? null : Engine.parse(JSON.parse(run.engine)),
    ...(environment ? { environment } : {}),
    created: run.created,
    finished: run.finished,
    duration: run.duration,
    by: run.actor,
    notes: z.array(z.string()).parse(JSON.parse(run.notes)),
    metrics: RunMetrics.parse(JSON.parse(run.metrics ?? 'null')),
  };
}

function recipeFacts(db: Db, run: RunRow): BundleRecord['recipe'] {
  const row = db.get<{ body: string; created: string }>(
    'SELECT body, created FROM recipes WHERE hash = ?',
    run.recipe,
  );
  if (!row) throw fail('bundle-run-incomplete', { run: run.id, what: 'its recipe' });
  return { body: z.record(z.string(), z.unknown()).parse(JSON.parse(row.body)), created: row.created };
}

const Source = VersionSource.nullable();

/** The dataset version the run names, or another one with the same rows. */
function datasetFacts(db: Db, run: RunRow): BundleRecord['dataset'] {
  interface Version {
    created: string;
    actor: string;
    source: string;
    options: string;
    rejected: number;
    notes: string;
  }
  const row = db.get<Version>(
    `SELECT created, actor, source, options, rejected, notes FROM versions WHERE snapshot = ?
     ORDER BY dataset = ? AND version = ? DESC, created LIMIT 1`,
    run.snapshot,
    run.dataset,
    run.version,
  );
  return {
    name: run.dataset,
    version: run.version,
    imported: row
      ? {
          at: row.created,
          by: row.actor,
          source: Source.parse(JSON.parse(row.source)),
          options: ImportOptions.parse(JSON.parse(row.options)),
          rejected: row.rejected,
          notes: z.array(z.string()).parse(JSON.parse(row.notes)),
        }
      : null,
  };
}

/** The counts are filled in from the manifest when the snapshot is not here. */
function snapshotFacts(db: Db, { snapshot: id }: RunRow): BundleRecord['snapshot'] {
  const row = db.get<{ rows: number; columns: number }>(
    'SELECT rows, columns FROM snapshots WHERE id = ?',
    id,
  );
  return { id, rows: row?.rows ?? 0, columns: row?.columns ?? 0 };
}

function partsOf(db: Db, run: RunRow): Gathered['parts'] {
  const object = (part: RunPart) => {
    const digest = run[part];
    return digest === null ? null : knownObject(db, digest);
  };
  for (const part of ['model', 'pipeline', 'split', 'golden'] as const) {
    if (run[part] === null) throw fail('bundle-run-incomplete', { run: run.id, what: `its ${part}` });
  }
  return {
    model: object('model'),
    pipeline: object('pipeline'),
    split: object('split'),
    evaluation: object('evaluation'),
    history: object('history'),
    golden: object('golden'),
  };
}

function manifestOf(db: Db, run: RunRow): KnownObject | null {
  const row = db.get<{ manifest: string }>('SELECT manifest FROM snapshots WHERE id = ?', run.snapshot);
  const digest = row?.manifest ?? run.manifest;
  return digest ? knownObject(db, digest) : null;
}

function knownObject(db: Db, digest: string): KnownObject {
  const row = db.get<{ kind: string; size: number; children: string }>(
    'SELECT kind, size, children FROM objects WHERE digest = ?',
    digest,
  );
  if (!row) throw fail('object-missing', { digest });
  return {
    digest,
    kind: row.kind,
    size: row.size,
    children: z.array(Digest).parse(JSON.parse(row.children)),
  };
}

function objectsOfKind(db: Db, kind: string): string[] {
  return db
    .all<{ digest: string }>('SELECT digest FROM objects WHERE kind = ? ORDER BY rowid DESC', kind)
    .map(({ digest }) => digest);
}
