import { fail } from '../../../preload/contract/errors.ts';
import { Verdict, type Audit, type LineageNode } from '../../../preload/contract/lineage.ts';
import { RunMetrics, type Run } from '../../../preload/contract/training.ts';
import { openSnapshot } from '../../datasets/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { joinColumns, readPipeline, recipeYaml, snapshotManifest } from '../../recipes/index.ts';
import { resolveModel, type ModelVersionRow } from '../../registry/index.ts';
import {
  describeRun,
  membersOf,
  runEnvironment,
  runRecipe,
  runRow,
  runSplit,
  type RunRow,
} from '../../training/index.ts';
import type { CallContext, Workspace } from '../../workspaces/index.ts';
import { auditJournal, type Subject } from './audit-journal.ts';

/** Everything recorded of a model version or run, read at one go. Throws `audit-not-a-model`. */
export async function collectAudit(node: LineageNode, context: CallContext): Promise<Audit> {
  const { workspace, clock, actor, version: holdfast } = context;
  const { db } = workspace;
  const { model, run } = subjectOf(db, node);
  const rows = await rowsOf(workspace, run);
  const left = model ? leftOf(db, model) : [];
  const described = describeRun(db, run);
  const verdicts = verdictsOf(db, run.id);
  const members = membersOf(db, run.id, runRecipe(db, run));
  const subjects: Subject[] = [
    ...[run, ...members.map((member) => runRow(db, member.run))].flatMap((one): Subject[] => [
      ['runs', one.id],
      ['recipes', one.recipe],
    ]),
    ['snapshots', run.snapshot],
    ['versions', `${run.dataset}@${run.version}`],
    ...rows.joined.flatMap(({ dataset, snapshot }): Subject[] => [
      ['snapshots', snapshot],
      ['versions', dataset],
    ]),
    ...verdicts.map(({ id }): Subject => ['verdicts', id]),
    ...(model ? [['model_versions', `${model.model}@${model.version}`] as const] : []),
    ...left.map(({ table, id }): Subject => [table, id]),
  ];
  return {
    id: model ? `model:${model.model}@${model.version}` : `run:${run.id}`,
    title: model ? `${model.model} version ${model.version}` : `run ${run.id}`,
    at: clock.now(),
    by: actor,
    holdfast,
    workspace: { id: workspace.id, name: workspace.name, ...journalSize(db) },
    model: model
      ? {
          name: model.model,
          version: model.version,
          stage: model.stage,
          entered: model.created,
          by: model.actor,
          notes: model.notes,
          'pulled from': model.origin,
        }
      : null,
    run: {
      run: run.id,
      status: run.status,
      target: run.target,
      task: run.task,
      family: run.family,
      seed: run.seed,
      started: run.created,
      finished: run.finished,
      'seconds of work': run.duration,
      by: run.actor,
      'pulled from': run.origin,
      'split keeps the sides of': runRecipe(db, run).split.inherit?.from ?? null,
      'learned from': described.trainedOnErased && erasedWords(described.trainedOnErased),
    },
    rows,
    steps: await stepsOf(workspace, run),
    code: run.code,
    engine: run.engine === null ? null : (JSON.parse(run.engine) as NonNullable<Run['engine']>),
    environment: runEnvironment(db, run.id) ?? null,
    members,
    metrics: metricsOf(run),
    test: { looks: described.looks, sealed: described.sealed },
    verdicts,
    history: model ? (JSON.parse(model.history) as Audit['history']) : [],
    left: left.map(({ at, by, what, detail }) => ({ at, by, what, detail })),
    objects: objectsOf(workspace, run),
    journal: auditJournal(db, subjects),
  };
}

function erasedWords({ at, by, persons }: NonNullable<Run['trainedOnErased']>): string {
  return `rows of ${persons} ${persons === 1 ? 'person' : 'persons'} erased since, lately at ${at} by ${by}; the model was kept`;
}

/** A bundle or prediction is of its model, a verdict on its run. */
function subjectOf(db: Db, { id, kind, facts }: LineageNode): { model: ModelVersionRow | null; run: RunRow } {
  const key = id.slice(id.indexOf(':') + 1);
  const model =
    kind === 'model' ? key : kind === 'bundle' || kind === 'prediction' ? facts['model'] : undefined;
  if (typeof model === 'string') {
    const version = resolveModel(db, model);
    return { model: version, run: runRow(db, version.run) };
  }
  const run = kind === 'run' ? key : kind === 'verdict' ? facts['run'] : undefined;
  if (typeof run === 'string') return { model: null, run: runRow(db, run) };
  throw fail('audit-not-a-model', { id: key, kind });
}

function journalSize(db: Db): { records: number; head: string } {
  const last = db.get<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
  );
  return { records: last?.seq ?? 0, head: last?.hash ?? '' };
}

async function rowsOf({ db, objects }: Workspace, run: RunRow): Promise<Audit['rows']> {
  const snapshot = db.get<{ manifest: string; rows: number }>(
    'SELECT manifest, rows FROM snapshots WHERE id = ?',
    run.snapshot,
  );
  const version = db.get<{ source: string; rejected: number }>(
    `SELECT source, rejected FROM versions WHERE snapshot = ?
     ORDER BY dataset = ? AND version = ? DESC, created LIMIT 1`,
    run.snapshot,
    run.dataset,
    run.version,
  );
  const source = version
    ? (JSON.parse(version.source) as { file: string; size: number; sha256: string } | null)
    : null;
  const manifest = [snapshot?.manifest, run.manifest].find((digest) => digest && objects.has(digest));
  const schema = manifest ? (await openSnapshot(objects, manifest)).schema : [];
  return {
    dataset: `${run.dataset}@${run.version}`,
    snapshot: run.snapshot,
    here: Boolean(manifest),
    rows: snapshot?.rows ?? null,
    joined: (runRecipe(db, run).join ?? []).map((plan) => {
      const own = snapshotManifest(db, plan.snapshot);
      return {
        dataset: plan.dataset,
        snapshot: plan.snapshot,
        on: Object.entries(plan.on)
          .map(([here, there]) => `${here} = ${there}`)
          .join(' and '),
        columns: joinColumns(plan).map(({ name }) => name),
        here: own !== undefined && objects.has(own),
      };
    }),
    schema: schema.map(({ name, type }) => ({ name, type })),
    source: source && {
      file: source.file,
      size: source.size,
      sha256: source.sha256,
      rejected: version?.rejected ?? 0,
    },
    split: run.split && objects.has(run.split) ? await runSplit(objects, run) : null,
  };
}

async function stepsOf({ db, objects }: Workspace, run: RunRow): Promise<Audit['steps']> {
  const recipe = runRecipe(db, run);
  const pipeline =
    run.pipeline && objects.has(run.pipeline) ? readPipeline(await objects.get(run.pipeline)) : null;
  return {
    recipe: run.recipe,
    yaml: recipeYaml(recipe),
    fitted: pipeline?.steps.map(({ step, columns }) => ({ step, columns })) ?? [],
    features: pipeline?.features.length ?? null,
    inputs: recipe.features,
  };
}

function metricsOf({ metrics }: RunRow): Audit['metrics'] {
  if (metrics === null) return [];
  const { train, validation, test } = RunMetrics.parse(JSON.parse(metrics));
  return [...new Set([...Object.keys(train), ...Object.keys(validation), ...Object.keys(test)])].map(
    (metric) => ({
      metric,
      train: train[metric] ?? null,
      validation: validation[metric] ?? null,
      test: test[metric] ?? null,
    }),
  );
}

function verdictsOf(db: Db, run: string): Verdict[] {
  interface Row {
    id: string;
    kind: string;
    subject: string;
    outcome: string;
    at: string;
    actor: string;
    evidence: string;
  }
  return db
    .all<Row>('SELECT * FROM verdicts WHERE subject = ? ORDER BY at, rowid', run)
    .map(({ actor, evidence, ...verdict }) =>
      Verdict.parse({ ...verdict, by: actor, evidence: JSON.parse(evidence) }),
    );
}

type Left = Audit['left'][number] & {
  readonly table: 'bundles' | 'transfers' | 'predictions';
  readonly id: string;
};

/** What was made of a model version and where it went, oldest first. */
function leftOf(db: Db, { model, version }: ModelVersionRow): Left[] {
  const all = <Row>(table: Left['table']) =>
    db.all<Row & { id: string; at: string; actor: string }>(
      `SELECT * FROM ${table} WHERE model = ? AND version = ? ORDER BY at, rowid`,
      model,
      version,
    );
  const found = [
    ...all<{ direction: string; digest: string; signer: string | null }>('bundles').map((row) => ({
      ...row,
      table: 'bundles' as const,
      what: row.direction === 'pull' ? 'opened from a bundle' : 'written as a bundle',
      detail: `sha256 ${row.digest}${row.signer === null ? '' : `, signed by ${row.signer}`}`,
    })),
    ...all<{ direction: string; remote: string; bundle: string }>('transfers').map((row) => ({
      ...row,
      table: 'transfers' as const,
      what: row.direction === 'pull' ? 'pulled' : 'pushed',
      detail: `${row.remote}, bundle ${row.bundle}`,
    })),
    ...all<{ rows: number; sha256: string; source: string }>('predictions').map((row) => ({
      ...row,
      table: 'predictions' as const,
      what: `predicted ${row.rows} rows`,
      detail: `of ${(JSON.parse(row.source) as { file: string }).file}, result sha256 ${row.sha256}`,
    })),
  ];
  return found
    .map(({ table, id, at, actor, what, detail }) => ({ table, id, at, by: actor, what, detail }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function objectsOf({ db, objects }: Workspace, run: RunRow): Audit['objects'] {
  const parts = ['manifest', 'split', 'pipeline', 'model', 'evaluation', 'history', 'golden'] as const;
  return parts.flatMap((part) => {
    const digest = run[part];
    if (digest === null) return [];
    const size = db.get<{ size: number }>('SELECT size FROM objects WHERE digest = ?', digest)?.size ?? null;
    return [
      { part: part === 'manifest' ? 'data (manifest)' : part, digest, size, here: objects.has(digest) },
    ];
  });
}
