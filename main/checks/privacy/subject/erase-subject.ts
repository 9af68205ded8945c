import type * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { ErasureStep, privacy } from '../../../../preload/contract/privacy.ts';
import { eraseSnapshots } from '../../../datasets/index.ts';
import { sha256 } from '../../../platform/files/index.ts';
import { createId } from '../../../platform/random.ts';
import {
  finishErasures,
  journalHead,
  namedObjects,
  objectColumns,
  recordTables,
  unnamedObjects,
  type CallContext,
  type RecordTable,
  type Transaction,
} from '../../../workspaces/index.ts';
import { keepModelsTask, rewriteTask, scanFilesTask } from '../tasks.ts';
import { blankWords } from './blank-words.ts';
import { blankJournal, blankRecords, jobsWith, type Words } from './blank-records.ts';
import { locateSubject, type Located } from './locate-subject.ts';
import { planErasure } from './plan-erasure.ts';
import type { RewriteResult } from './rewrite-without.ts';
import { runParts, type RowsHeld } from './store.ts';

type Input = z.output<typeof privacy.erase.input>;
type Output = z.input<typeof privacy.erase.output>;

/**
 * Plans an erasure, and carries it out when it is confirmed: snapshots are written anew aside, then one commit exchanges every record, then
 * the files go and the database is rewritten. A stop before the commit leaves all as it was; after it, the next opening does the rest.
 */
export async function eraseSubject(input: Input, rowsHeld: RowsHeld, context: CallContext): Promise<Output> {
  const { db, dir } = context.workspace;
  const { value, reason, dryRun, yes, expect, keepModels } = input;
  const before = journalHead(db).head;
  const located = await locateSubject(input, rowsHeld, context);
  const { places } = located;
  const steps = planErasure(places, keepModels);
  const plan = digestOf(steps);
  if (dryRun) return { places, steps, plan, erased: null };
  if (!yes) throw fail('erasure-not-confirmed', { steps: steps.length });
  if (expect !== undefined && expect !== plan) throw fail('erasure-plan-changed', { steps: steps.length });
  refuseWhileBusy(context);
  const { result, objects } = await context.task(rewriteTask, rewriteInput(located, value), [0.4, 0.85]);
  const words: Words = { value, traces: result.traces };
  const keeping = await context.task(
    keepModelsTask,
    { runs: keepModels ? keepable(located) : [], words: [value, ...result.traces] },
    [0.85, 0.9],
  );
  const id = createId('erasure');
  const erased = await context.commit([...objects, ...keeping.objects], (transaction) => {
    refuseWhileBusy(context);
    // What was found is what goes: nothing may have come in between.
    if (journalHead(db).head !== before) throw fail('erasure-plan-changed', { steps: steps.length });
    return exchange(
      id,
      located,
      result,
      {
        words,
        kept: new Map(keeping.result.kept.map(({ run, golden }) => [run, golden])),
        reason: reason === undefined ? null : blankWords(reason, [value]),
      },
      transaction,
      context,
    );
  });
  const finished = await finishErasures(context.workspace, { ...context, action: context.method });
  const { result: scanned } = await context.task(scanFilesTask, { dir, value, foreign: false }, [0.9, 1]);
  const { files, bytes, found } = scanned;
  return {
    places,
    steps,
    plan,
    erased: {
      ...erased,
      id,
      finished,
      scanned: { files, bytes, found: located.telling ? [...found] : [] },
    },
  };
}

/** Names a plan, so that what was shown is what is done. */
function digestOf(steps: readonly ErasureStep[]): string {
  return sha256(JSON.stringify(steps));
}

/** What other jobs are about to name may hold the person's rows. */
function refuseWhileBusy({ jobs, job }: CallContext): void {
  const others = jobs.running().filter(({ id }) => id !== job);
  if (others.length > 0) throw fail('workspace-busy', { jobs: others.map(({ title }) => title) });
}

function rewriteInput({ catalogue, changes, unknown }: Located, value: string) {
  const going = new Set(unknown.map(({ dataset, version }) => `${dataset}@${version}`));
  const staying = new Set(
    catalogue.snapshots
      .filter(({ trashed, dataset, version }) => !trashed && !going.has(`${dataset}@${version}`))
      .map(({ snapshot }) => snapshot),
  );
  const removed = catalogue.snapshots.filter(
    ({ snapshot, dataset, version }) =>
      going.has(`${dataset}@${version}`) && !staying.has(snapshot) && !changes.has(snapshot),
  );
  return {
    snapshots: catalogue.snapshots.map(({ dataset, manifest }) => ({ dataset, manifest })),
    changes: [
      ...[...changes.values()].map(({ snapshot, manifest, rows, mentions }) => ({
        manifest,
        rows: Int32Array.from([...rows].toSorted((a, b) => a - b)),
        mentions,
        // What only the trash holds goes whole.
        whole: !staying.has(snapshot),
      })),
      ...removed.map(({ manifest }) => ({ manifest, rows: new Int32Array(), mentions: [], whole: true })),
    ],
    value,
  };
}

/** All records in one transaction. Words go first: what is written afterwards, and into the journal, is written without them. */
function exchange(
  id: string,
  located: Located,
  { rewritten }: RewriteResult,
  {
    words,
    kept,
    reason,
  }: {
    readonly words: Words;
    /** Runs whose model stays, with the digest of their pruned golden rows; null where those are as they were. */
    readonly kept: ReadonlyMap<string, string | null>;
    readonly reason: string | null;
  },
  transaction: Transaction,
  context: CallContext,
) {
  const { places, catalogue, changes, unknown, telling } = located;
  const { db } = context.workspace;
  const at = context.clock.now();
  const left = new Map(rewritten.map((one) => [one.manifest, one.left]));
  const records = telling ? blankRecords(db, transaction, words) : 0;
  forgetJobs(context, telling ? words : undefined);
  const lost = places.runs.filter(({ run }) => !kept.has(run));
  const going = eraseRuns(lost, transaction, context);
  for (const digest of located.withValue) going.add(digest);
  for (const digest of pruneGolden(kept, transaction, context)) going.add(digest);
  const models = archiveModels(
    places.models.filter(({ run }) => !kept.has(run)),
    transaction,
    context,
    at,
  );
  markKept(id, places, kept, transaction, context, at);
  forgetObjects(located.withValue, transaction, context);
  const replaced = new Map(
    [...changes.values()].map(({ snapshot, manifest }) => [snapshot, left.get(manifest) ?? null] as const),
  );
  const changed = new Set([...changes.values()].map(({ manifest }) => manifest));
  const stored = new Map(
    rewritten.flatMap((one) =>
      one.left && !changed.has(one.manifest) ? [[one.manifest, one.left.manifest] as const] : [],
    ),
  );
  eraseSnapshots(db, transaction, {
    replaced,
    stored,
    removed: unknown,
    at,
    actor: context.actor,
    reason: reason ?? 'a person was erased',
  });
  const gone = unnamedObjects(db, namedObjects(db), going);
  transaction.drop(gone.map(({ digest }) => digest));
  const blanked = telling ? blankJournal(db, transaction, words) : [];
  const snapshots = [
    ...[...replaced].map(([from, to]) => ({
      from,
      to: to?.id ?? null,
      rows: changes.get(from)?.rows.size ?? 0,
      versions: versionsOf(catalogue.snapshots, from),
    })),
    ...unknown.map(({ snapshot, dataset, version }) => ({
      from: snapshot,
      to: null,
      rows: null,
      versions: [`${dataset}@${version}`],
    })),
  ];
  const runs = lost.map(({ run }) => run);
  if (
    snapshots.length + places.runs.length + records + blanked.length + gone.length + places.folders.length >
    0
  )
    transaction.put('erasures', {
      id,
      subject: places.subject,
      key: `${places.dataset}.${places.column}`,
      at,
      actor: context.actor,
      reason,
      snapshots: JSON.stringify(snapshots),
      runs: JSON.stringify(runs),
      models: JSON.stringify(models),
      bundles: JSON.stringify(places.bundles.map(({ digest }) => digest)),
      folders: JSON.stringify(places.folders),
      journal: JSON.stringify(blanked),
      finished: null,
    });
  return {
    at,
    snapshots,
    runs,
    models,
    kept: [...kept.keys()],
    objects: gone.length,
    records,
    journal: blanked.length,
  };
}

function versionsOf(snapshots: Located['catalogue']['snapshots'], snapshot: string): string[] {
  return snapshots
    .filter((one) => one.snapshot === snapshot)
    .map(({ dataset, version }) => `${dataset}@${version}`);
}

function forgetJobs({ workspace, jobs, job }: CallContext, words: Words | undefined): void {
  if (words) jobs.forget(jobsWith(workspace.db, words).filter((id) => id !== job));
}

/** Runs stay as records of what was done; what they made goes. Returns its objects. */
function eraseRuns(
  runs: Located['places']['runs'],
  transaction: Transaction,
  { workspace }: CallContext,
): Set<string> {
  const going = new Set<string>();
  for (const { run } of runs) {
    const row = workspace.db.get('SELECT * FROM runs WHERE id = ?', run)!;
    for (const part of [...runParts, 'manifest']) {
      const digest = row[part];
      if (part !== 'manifest' && typeof digest === 'string') going.add(digest);
    }
    const nothing = Object.fromEntries([...runParts, 'manifest'].map((part) => [part, null]));
    transaction.patch('runs', [run], { ...nothing, status: 'erased' });
  }
  return going;
}

/** What can stay of each run if it holds none of the person's words: all but its golden rows, which are pruned. */
function keepable({ places, catalogue, changes }: Located) {
  return places.runs.flatMap(({ run, goesBecause }) => {
    const found = catalogue.runs.find(({ id }) => id === run);
    if (goesBecause !== null || !found) return [];
    const objects = found.objects.filter(({ part }) => part !== 'golden').map(({ digest }) => digest);
    return [
      {
        run,
        objects,
        golden: found.objects.find(({ part }) => part === 'golden')?.digest ?? null,
        rows: Int32Array.from(changes.get(found.snapshot)?.rows ?? []),
      },
    ];
  });
}

/** Kept runs name their golden rows without the person's; returns the objects that hold them with those. */
function pruneGolden(
  kept: ReadonlyMap<string, string | null>,
  transaction: Transaction,
  { workspace: { db } }: CallContext,
): string[] {
  return [...kept].flatMap(([run, golden]) => {
    if (golden === null) return [];
    const before = db.get<{ golden: string }>('SELECT golden FROM runs WHERE id = ?', run)!.golden;
    transaction.patch('runs', [run], { golden });
    return [before];
  });
}

/** Says of runs and models that stay what they learned from. */
function markKept(
  erasure: string,
  places: Located['places'],
  kept: ReadonlyMap<string, string | null>,
  transaction: Transaction,
  { workspace, actor }: CallContext,
  at: string,
): void {
  for (const run of kept.keys()) {
    transaction.put('erased_sources', { run, erasure, at, actor });
    // Notes go with a model wherever it goes.
    const { notes } = workspace.db.get<{ notes: string }>('SELECT notes FROM runs WHERE id = ?', run)!;
    const note = `rows of a person that it learned from, or was tested on, were erased on ${at.slice(0, 10)}; the model was kept`;
    const all = [...(JSON.parse(notes) as unknown[]), note];
    transaction.patch('runs', [run], { notes: JSON.stringify(all) });
  }
  for (const { model, version, run } of places.models) {
    if (!kept.has(run)) continue;
    const row = workspace.db.get<{ history: string }>(
      'SELECT history FROM model_versions WHERE model = ? AND version = ?',
      model,
      version,
    )!;
    const change = 'kept, although it was trained on rows of a person who was erased';
    transaction.patch('model_versions', [model, version], {
      history: JSON.stringify([...(JSON.parse(row.history) as unknown[]), { at, by: actor, change }]),
    });
  }
}

function archiveModels(
  models: Located['places']['models'],
  transaction: Transaction,
  { workspace, actor }: CallContext,
  at: string,
): string[] {
  return models.map(({ model, version }) => {
    const row = workspace.db.get<{ stage: string; history: string }>(
      'SELECT stage, history FROM model_versions WHERE model = ? AND version = ?',
      model,
      version,
    )!;
    const change = `${row.stage} to archived: it was trained on rows of a person who was erased`;
    const history = [...(JSON.parse(row.history) as unknown[]), { at, by: actor, change }];
    transaction.patch('model_versions', [model, version], {
      stage: 'archived',
      history: JSON.stringify(history),
    });
    return `${model}@${version}`;
  });
}

/** Takes the objects out of every record that names them; a record that is nothing without its object goes. */
function forgetObjects(
  digests: ReadonlySet<string>,
  transaction: Transaction,
  { workspace: { db } }: CallContext,
): void {
  for (const { table, columns } of objectColumns(db)) {
    const name = table as RecordTable;
    const keys: readonly string[] = recordTables[name];
    const needed = new Set(
      db
        .all<{ name: string; notnull: number }>(`PRAGMA table_info(${table})`)
        .filter((column) => column.notnull === 1)
        .map((column) => column.name),
    );
    for (const column of columns)
      for (const digest of digests)
        for (const row of db.all(`SELECT * FROM ${table} WHERE ${column} = ?`, digest)) {
          const key = keys.map((one) => row[one] as string | number);
          if (needed.has(column)) transaction.remove(name, key);
          else transaction.patch(name, key, { [column]: null });
        }
  }
  // A version in the trash would name its rejected rows again when it comes back.
  for (const { dataset, version, body } of db.all<{ dataset: string; version: number; body: string }>(
    'SELECT dataset, version, body FROM deletions WHERE emptied IS NULL',
  )) {
    const trashed = JSON.parse(body) as { record: { rejects: string | null } };
    if (trashed.record.rejects === null || !digests.has(trashed.record.rejects)) continue;
    trashed.record.rejects = null;
    transaction.patch('deletions', [dataset, version], { body: JSON.stringify(trashed) });
  }
}
