import { fail } from '../../preload/contract/errors.ts';
import type { ModelVersion, Stage } from '../../preload/contract/registry.ts';
import type { Db, Row } from '../platform/database/index.ts';
import { loadRun } from '../training/index.ts';

export interface ModelVersionRow extends Row {
  model: string;
  version: number;
  run: string;
  stage: string;
  notes: string;
  created: string;
  actor: string;
  /** JSON of ModelVersion['history']. */
  history: string;
  origin: string | null;
}

export function versionRows(db: Db, model: string): ModelVersionRow[] {
  return db.all<ModelVersionRow>('SELECT * FROM model_versions WHERE model = ? ORDER BY version', model);
}

export function modelNames(db: Db): string[] {
  return db.all<{ name: string }>('SELECT name FROM models ORDER BY name').map(({ name }) => name);
}

/** The version a reference means: `NAME@N`; or for `NAME` the live one, else the latest. */
export function resolveModel(db: Db, reference: string): ModelVersionRow {
  const [name = '', wanted, ...rest] = reference.split('@');
  const rows = versionRows(db, name);
  const latest = rows.at(-1);
  if (!latest || rest.length) throw fail('model-not-found', { model: reference, known: modelNames(db) });
  if (wanted === undefined) return rows.find(({ stage }) => stage === 'live') ?? latest;
  const row = rows.find(({ version }) => String(version) === wanted);
  if (!row) throw fail('model-version-not-found', { model: name, version: wanted, latest: latest.version });
  return row;
}

export function describeVersion(db: Db, row: ModelVersionRow): ModelVersion {
  const run = loadRun(db, row.run);
  return {
    name: row.model,
    version: row.version,
    stage: row.stage as Stage,
    run: row.run,
    task: run.task,
    target: run.target,
    family: run.family,
    notes: row.notes,
    created: row.created,
    by: row.actor,
    metrics: run.metrics?.test ?? {},
    looks: run.looks,
    sealed: run.sealed,
    trainedOnErased: run.trainedOnErased,
    history: JSON.parse(row.history) as ModelVersion['history'],
    reproduced: run.reproduced,
    origin: row.origin,
  };
}
