import { fail } from '../../preload/contract/errors.ts';
import type { ModelVersion } from '../../preload/contract/registry.ts';
import { takenVersions } from '../datasets/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { ObjectFacts } from '../platform/objects/index.ts';
import { createId } from '../platform/random.ts';
import { userPaths } from '../platform/paths.ts';
import { canonicalJson } from '../recipes/index.ts';
import { describeVersion, modelNames, resolveModel, versionRows } from '../registry/index.ts';
import { runEnvironment } from '../training/index.ts';
import type { CallContext, Transaction } from '../workspaces/index.ts';
import { runPartNames, runParts, snapshotPath, type BundleRecord } from './content.ts';
import { openTask } from './import-task.ts';
import { trustSigner } from './trust-signer.ts';
import type { Signer } from './signer.ts';

export interface ImportedBundle {
  readonly model: ModelVersion;
  readonly run: string;
  readonly bundle: string;
  readonly signer: Signer;
  /** False when all of it was here already. */
  readonly added: boolean;
}

export interface ImportOptions {
  /** Where it came from, for the record: `oci://host/repo:tag`. */
  readonly origin: string;
  /** The name to trust an unknown key by. */
  readonly trust?: string | undefined;
  /** What else belongs into the same commit, given the model version as it is called here. */
  readonly also?: (
    transaction: Transaction,
    version: { model: string; version: number; bundle: string },
  ) => void;
  readonly share?: readonly [number, number];
}

/**
 * Takes a bundle folder into the open workspace: verifies it, then adds model, run, recipe, and the data where it is
 * inside, in one commit. The run keeps its id, so that the same bundle again adds nothing. Throws `bundle-not-verified`,
 * `bundle-signer-unknown`, `bundle-inconsistent`.
 */
export async function importBundle(
  dir: string,
  { origin, trust, also, share }: ImportOptions,
  context: CallContext,
): Promise<ImportedBundle> {
  const { workspace, clock, actor } = context;
  const configFolder = userPaths().config;
  const { result, objects } = await context.task(openTask, { dir, configFolder, stage: true }, share);
  const { record, digest, withData } = result;
  if (!record || digest === null || !result.signer) {
    throw fail('bundle-not-verified', { dir: origin, problems: [...result.problems] });
  }
  const signer = await knownSigner(dir, result.signer, configFolder, trust, clock);
  const { db } = workspace;
  const known = alreadyHere(db, record, withData);
  if (known !== undefined && !also) return done(db, record, known, digest, signer, false);
  const version = await context.commit(wanted(db, record, known, objects), (transaction) => {
    const own =
      known ??
      addRecords(transaction, db, record, withData, {
        from: origin,
        at: clock.now(),
        by: actor,
      });
    if (known === undefined) {
      transaction.put('bundles', {
        id: createId('bundle'),
        digest,
        model: record.model.name,
        version: own,
        direction: 'pull',
        signer: signer.fingerprint,
        with_data: withData ? 1 : 0,
        at: clock.now(),
        actor,
      });
    }
    also?.(transaction, { model: record.model.name, version: own, bundle: digest });
    return own;
  });
  return done(db, record, version, digest, signer, known === undefined);
}

function done(
  db: Db,
  record: BundleRecord,
  version: number,
  bundle: string,
  signer: Signer,
  added: boolean,
): ImportedBundle {
  const model = describeVersion(db, resolveModel(db, `${record.model.name}@${version}`));
  return { model, run: record.run.id, bundle, signer, added };
}

async function knownSigner(
  dir: string,
  signer: Signer,
  configFolder: string,
  trust: string | undefined,
  clock: CallContext['clock'],
): Promise<Signer> {
  if (signer.name !== null) return signer;
  if (trust === undefined) throw fail('bundle-signer-unknown', { fingerprint: signer.fingerprint });
  return trustSigner(dir, trust, configFolder, clock);
}

/** The version under which the bundle's run is entered here; undefined when something of the bundle is still to be added. */
function alreadyHere(db: Db, record: BundleRecord, withData: boolean): number | undefined {
  const version = versionRows(db, record.model.name).find(({ run }) => run === record.run.id)?.version;
  if (version === undefined || !withData) return version;
  return db.get('SELECT 1 FROM snapshots WHERE id = ?', record.snapshot.id) ? version : undefined;
}

/** Data that is here already, perhaps as patches of another version, is not stored a second time. */
function wanted(
  db: Db,
  record: BundleRecord,
  known: number | undefined,
  objects: readonly ObjectFacts[],
): readonly ObjectFacts[] {
  if (known !== undefined) return [];
  if (storedManifest(db, record) === undefined) return objects;
  const data = new Set<string>(['snapshot-manifest', 'column-block']);
  return objects.filter(({ kind }) => !data.has(kind));
}

/** The manifest under which the bundle's snapshot is here. */
function storedManifest(db: Db, { snapshot }: BundleRecord): string | undefined {
  return db.get<{ manifest: string }>('SELECT manifest FROM snapshots WHERE id = ?', snapshot.id)?.manifest;
}

interface Origin {
  readonly from: string;
  readonly at: string;
  readonly by: string;
}

function addRecords(
  transaction: Transaction,
  db: Db,
  record: BundleRecord,
  withData: boolean,
  origin: Origin,
): number {
  const datasetVersion = withData ? addData(transaction, db, record) : record.dataset.version;
  addRun(transaction, db, record, datasetVersion, withData, origin.from);
  const { model } = record;
  const rows = versionRows(db, model.name);
  const entered = rows.find(({ run }) => run === record.run.id);
  if (entered) return entered.version;
  if (!modelNames(db).includes(model.name))
    transaction.put('models', { name: model.name, created: model.created });
  const taken = new Set(rows.map(({ version }) => version));
  const version = taken.has(model.version) ? Math.max(...taken) + 1 : model.version;
  transaction.put('model_versions', {
    model: model.name,
    version,
    run: record.run.id,
    stage: 'candidate',
    notes: model.notes,
    created: model.created,
    actor: model.by,
    history: JSON.stringify([
      { at: model.created, by: model.by, change: 'entered as candidate' },
      { at: origin.at, by: origin.by, change: `pulled from ${origin.from}` },
    ]),
    origin: origin.from,
  });
  return version;
}

/** Adds the snapshot, and a dataset version that shows it. Gives that version's number. */
function addData(transaction: Transaction, db: Db, { dataset, snapshot, objects }: BundleRecord): number {
  const manifest = objects.find(({ path }) => path === snapshotPath);
  if (!manifest) throw fail('bundle-inconsistent', { what: 'its data has no manifest' });
  if (!db.get('SELECT 1 FROM snapshots WHERE id = ?', snapshot.id)) {
    transaction.put('snapshots', {
      id: snapshot.id,
      manifest: manifest.digest,
      rows: snapshot.rows,
      columns: snapshot.columns,
    });
  }
  const versions = db.all<{ version: number; snapshot: string }>(
    'SELECT version, snapshot FROM versions WHERE dataset = ? ORDER BY version',
    dataset.name,
  );
  const same = versions.find((version) => version.snapshot === snapshot.id);
  if (same) return same.version;
  const { imported } = dataset;
  if (!imported)
    throw fail('bundle-inconsistent', { what: 'it holds data and does not say how it was imported' });
  if (!db.get('SELECT 1 FROM datasets WHERE name = ?', dataset.name)) {
    transaction.put('datasets', { name: dataset.name, created: imported.at });
  }
  const taken = takenVersions(db, dataset.name);
  const version = taken.includes(dataset.version) ? Math.max(...taken) + 1 : dataset.version;
  transaction.put('versions', {
    dataset: dataset.name,
    version,
    snapshot: snapshot.id,
    created: imported.at,
    actor: imported.by,
    source: JSON.stringify(imported.source),
    options: JSON.stringify(imported.options),
    rejected: imported.rejected,
    rejects: null,
    notes: JSON.stringify(imported.notes),
  });
  return version;
}

function addRun(
  transaction: Transaction,
  db: Db,
  record: BundleRecord,
  version: number,
  withData: boolean,
  origin: string,
): void {
  const { run, recipe, dataset, snapshot, objects } = record;
  const manifest = withData ? (storedManifest(db, record) ?? null) : null;
  if (db.get('SELECT 1 FROM runs WHERE id = ?', run.id)) {
    // The run came before without its data; now that is here too.
    if (manifest !== null) transaction.patch('runs', [run.id], { manifest, version });
    addEnvironment(transaction, db, record);
    return;
  }
  if (!db.get('SELECT 1 FROM recipes WHERE hash = ?', run.recipe)) {
    transaction.put('recipes', {
      hash: run.recipe,
      body: canonicalJson(recipe.body),
      created: recipe.created,
    });
  }
  const digests = Object.fromEntries(
    runPartNames.map((part) => [part, objects.find(({ path }) => path === runParts[part])?.digest ?? null]),
  );
  transaction.put('runs', {
    id: run.id,
    status: 'done',
    dataset: dataset.name,
    version,
    snapshot: snapshot.id,
    target: run.target,
    task: run.task,
    family: run.family,
    recipe: run.recipe,
    seed: run.seed,
    code: run.code,
    created: run.created,
    finished: run.finished,
    duration: run.duration,
    actor: run.by,
    job: null,
    engine: run.engine === null ? null : JSON.stringify(run.engine),
    metrics: JSON.stringify(run.metrics),
    notes: JSON.stringify(run.notes),
    error: null,
    ...digests,
    manifest,
    origin,
  });
  addEnvironment(transaction, db, record);
}

/** On what machine the run was made, where the bundle says it and that is not known yet. */
function addEnvironment(transaction: Transaction, db: Db, { run: { id, environment } }: BundleRecord): void {
  if (!environment || runEnvironment(db, id)) return;
  transaction.put('run_environments', { run: id, body: JSON.stringify(environment) });
}
