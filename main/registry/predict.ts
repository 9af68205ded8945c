import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { ImportOptions } from '../../preload/contract/import-options.ts';
import type { WrittenCosts } from '../../preload/contract/evaluation.ts';
import { fail } from '../../preload/contract/errors.ts';
import { versionRows as datasetVersions } from '../datasets/index.ts';
import type { Db } from '../platform/database/index.ts';
import { createId } from '../platform/random.ts';
import { parseRows, type RowValue } from '../recipes/index.ts';
import {
  finishedRunRow,
  inputsWithLookups,
  lagNotes,
  loadModel,
  lookupTask,
  modelObjects,
  predictFileTask,
  predictionRecord,
  predictTable,
  type PredictFileResult,
  type RunRow,
  servingColumns,
  servingJoins,
  unseenNotes,
} from '../training/index.ts';
import { refuseOwnFile, type CallContext } from '../workspaces/index.ts';
import { resolveModel } from './store.ts';

export interface PredictRequest {
  readonly model: string;
  readonly path?: string | undefined;
  readonly out?: string | undefined;
  readonly level?: number | undefined;
  readonly costs?: WrittenCosts | undefined;
  readonly rows?: readonly Readonly<Record<string, RowValue>>[] | undefined;
}

export interface PredictReply {
  model: string;
  rows: number;
  out: string | null;
  predictions: Record<string, string | number>[];
  notes: string[];
}

/** Predicts for a file or for rows given; predictions for a file are recorded with what they were made from. */
export async function predict(request: PredictRequest, context: CallContext): Promise<PredictReply> {
  const { model: reference, path, rows } = request;
  if ((path === undefined) === (rows === undefined)) {
    throw inputProblem('path', 'say either a CSV file or rows');
  }
  const { db, objects } = context.workspace;
  const version = resolveModel(db, reference);
  const model = `${version.model}@${version.version}`;
  const run = finishedRunRow(db, version.run);
  context.about({ model }, `predict with ${model}${path === undefined ? '' : ` for ${basename(path)}`}`);
  if (path !== undefined) {
    const result = await predictPath(path, request, run, context);
    await record(version, result, context);
    const out = request.out === undefined ? null : resolve(request.out);
    return { model, rows: result.rows, out, predictions: [...result.predictions], notes: [...result.notes] };
  }
  const given = rows ?? [];
  const { pipeline, artifact } = await loadModel(objects, modelObjects(run));
  const present = [...new Set(given.flatMap(Object.keys))];
  const joins = servingJoins(db, run);
  const { inputs, lookups } = await inputsWithLookups(objects, pipeline, joins, present);
  const parsed = parseRows(inputs, given);
  const found =
    lookups.plans.length === 0
      ? { columns: parsed, notes: [] }
      : (await context.task(lookupTask, { joins, lookups, columns: parsed })).result;
  const columns = servingColumns(pipeline, found.columns);
  const predictions = predictTable(pipeline, artifact, columns, request);
  return {
    model,
    rows: given.length,
    out: null,
    predictions: given.map((_, row) => predictionRecord(predictions, row)),
    notes: [...found.notes, ...unseenNotes(pipeline, columns), ...lagNotes(pipeline, columns)],
  };
}

async function predictPath(
  path: string,
  { out, level, costs }: Pick<PredictRequest, 'out' | 'level' | 'costs'>,
  run: RunRow,
  context: CallContext,
): Promise<PredictFileResult> {
  if (out !== undefined && (await sameFile(path, out))) {
    throw inputProblem('out', `"${out}" is the file to predict for; name another to write to`);
  }
  if (out !== undefined) {
    await refuseOwnFile(context.workspace.dir, out);
    const there = await stat(out).catch(() => undefined);
    if (there?.isDirectory()) throw inputProblem('out', `"${out}" is a folder; name a file`);
  }
  const payload = {
    ...modelObjects(run),
    joins: servingJoins(context.workspace.db, run),
    path: resolve(path),
    out: out === undefined ? null : resolve(out),
    level,
    costs,
    options: readingOptions(context.workspace.db, run),
  };
  return (await context.task(predictFileTask, payload)).result;
}

async function sameFile(path: string, out: string): Promise<boolean> {
  return (await realName(path)) === (await realName(out));
}

function realName(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

const Kept = ImportOptions.pick({ nullTokens: true, decimal: true, dateFormat: true });

/** How the training data was read; nothing special when its dataset is not in this workspace. */
function readingOptions(db: Db, run: RunRow): z.infer<typeof Kept> {
  const data = datasetVersions(db, run.dataset).find(({ version }) => version === run.version);
  return data ? z.object(Kept.shape).parse(JSON.parse(data.options)) : {};
}

/** A workspace that can only be read keeps no record. */
async function record(
  { model, version }: { readonly model: string; readonly version: number },
  { source, rows, sha256 }: PredictFileResult,
  context: CallContext,
): Promise<void> {
  const { workspace, clock, actor } = context;
  if (!workspace.writable) return;
  await context.commit([], (transaction) =>
    transaction.put('predictions', {
      id: createId('prediction'),
      model,
      version,
      source: JSON.stringify(source),
      rows,
      sha256,
      at: clock.now(),
      actor,
    }),
  );
}

function inputProblem(path: string, message: string) {
  return fail('input-invalid', { method: 'registry.predict', problems: [{ path, message }] });
}
