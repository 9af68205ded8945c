import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import type { ImportContext, ImportInput, ImportResult } from '../../importing/importer.ts';
import type { ColumnBuilder } from '../../snapshot/column-builder.ts';
import { objectKinds } from '../../snapshot/manifest.ts';
import { createSnapshotWriter } from '../../snapshot/snapshot-writer.ts';
import { readBatches } from './batches.ts';
import { createCast, type Cast } from './casts.ts';
import { detectWholeEncoding } from './encoding.ts';
import { emptyEvidence, gatherEvidence } from './evidence.ts';
import { inferNullTokens } from './infer.ts';
import { compileFormat, readIso } from './moments.ts';
import { createNullTokens } from './null-tokens.ts';
import { openTextFile, refuseChanged, type OpenedFile } from './open-file.ts';
import { askedReader, planColumns, planImport, planNotes, type ImportPlan } from './plan.ts';
import type { CutState, RecordBatch } from './records.ts';
import { encodeRejects, RejectCollector } from './rejects.ts';
import { createTextSource } from './source.ts';

type DelimitedContext = Omit<ImportContext, 'staging'>;

/**
 * Reads a CSV or TSV file into a snapshot. The file is only read. Types that the options leave open are inferred from a sample;
 * when the whole file shows that the sample misled, the types are inferred again from all of it and the import starts over.
 */
export async function importDelimited(
  { path, options }: ImportInput,
  context: DelimitedContext,
): Promise<ImportResult> {
  const file = await openTextFile(path);
  try {
    const plan = await planImport(file, options);
    const outcome = await runPlan(file, plan, options, context, !plan.sample.complete);
    if (typeof outcome !== 'string') return outcome;
    context.log(`the sample misled about the ${outcome}; looking at the whole file`);
    const better = await planFromAll(file, plan, options, context, outcome);
    const again = await runPlan(file, better, options, context, false);
    if (typeof again === 'string') throw new Error('a plan made from the whole file is final');
    return again;
  } finally {
    await file.handle.close();
  }
}

type Misled = 'types' | 'encoding';

async function runPlan(
  file: OpenedFile,
  plan: ImportPlan,
  options: ImportOptions,
  { writer, base, signal, progress, log }: DelimitedContext,
  mayRestart: boolean,
): Promise<ImportResult | Misled> {
  const snapshot = createSnapshotWriter(plan.columns, writer, base);
  const rejects = new RejectCollector(plan);
  const state: CutState = { line: 1, blank: 0 };
  const source = createTextSource(file, plan.sample.encoding.encoding, plan.sample.encoding.mark);
  const casts = createCasts(plan);
  let rows = 0;
  let first = plan.header;
  try {
    for await (const batch of readBatches(source, plan.dialect, plan.columns.length, {
      path: file.path,
      signal,
      state,
    })) {
      if (first) {
        batch.dropFirst();
        first = false;
      }
      castBatch(batch, casts, snapshot.builders, rejects);
      if (options.onReject === 'stop') stopAtFirst(rejects, file.path);
      rows += batch.count;
      const misled = mayRestart ? misledBy(plan, options, rejects, batch, snapshot.builders) : undefined;
      if (misled) {
        await snapshot.abandon();
        return misled;
      }
      for (const builder of snapshot.builders) builder.length += batch.count;
      await snapshot.flush();
      progress(0.98 * (source.position() / file.size), `${rows.toLocaleString('en')} rows`);
    }
    await refuseChanged(file);
    if (rejects.encodingFaults > rows) {
      throw fail('csv-encoding', {
        path: file.path,
        encoding: plan.sample.encoding.encoding,
        where: `${rejects.encodingFaults} rows`,
      });
    }
    const worst = rejects.first();
    if (rows === 0 && worst) {
      throw fail('csv-no-row-fits', {
        path: file.path,
        rows: rejects.total,
        line: worst.line,
        reason: worst.reason,
      });
    }
    if (rows === 0) throw fail('csv-header-only', { path: file.path, columns: plan.columns.length });
    const stored = await snapshot.finish();
    const notes = [...plan.notes, ...resultNotes(rejects, rows, state)];
    for (const note of notes) log(note);
    return {
      snapshot: stored,
      rejected: rejects.total,
      rejects:
        rejects.total > 0 ? await writer.put(objectKinds.rejects, encodeRejects(rejects.list())) : null,
      source: { file: file.name, size: file.size, sha256: source.digest() },
      notes,
    };
  } catch (error) {
    await snapshot.abandon();
    throw error;
  }
}

function createCasts(plan: ImportPlan): Cast[] {
  const nulls = createNullTokens(plan.nullTokens);
  return plan.columns.map(({ type, format, inferred }) =>
    createCast({
      type,
      nulls,
      point: plan.decimal.charCodeAt(0),
      moments: format === null ? readIso : compileFormat(format),
      isoDates: format === null || format === '%Y-%m-%d',
      noLeadingZeros: inferred,
      escape: plan.dialect.escape,
    }),
  );
}

/** Writes the records that fit behind the builders' rows and leaves only those in the batch; the others go to `rejects`. */
function castBatch(
  batch: RecordBatch,
  casts: readonly Cast[],
  builders: readonly ColumnBuilder[],
  rejects: RejectCollector,
): void {
  const setAside = (): void => {
    rejects.add(batch);
    batch.keepSound();
  };
  const cast = (): void =>
    builders.forEach((builder, column) => {
      builder.ensure(builder.length + batch.count);
      casts[column]?.(batch, column, builder);
    });
  if (batch.faulty > 0) setAside();
  cast();
  if (batch.faulty === 0) return;
  setAside();
  cast();
}

/** Why the plan made from a sample can't stand; undefined while it does. */
function misledBy(
  plan: ImportPlan,
  options: ImportOptions,
  rejects: RejectCollector,
  batch: RecordBatch,
  builders: readonly ColumnBuilder[],
): Misled | undefined {
  if (rejects.encodingFaults > 0 && options.encoding === undefined) return 'encoding';
  const wrong = plan.columns.some(
    ({ inferred, unseen }, column) =>
      inferred && (rejects.misfits[column]! > 0 || (unseen && hasValue(builders[column]!, batch.count))),
  );
  return wrong ? 'types' : undefined;
}

function hasValue(builder: ColumnBuilder, more: number): boolean {
  return builder.present.subarray(builder.length, builder.length + more).includes(1);
}

/** Infers the types from every record. */
async function planFromAll(
  file: OpenedFile,
  plan: ImportPlan,
  options: ImportOptions,
  { signal, progress }: DelimitedContext,
  misled: Misled,
): Promise<ImportPlan> {
  const evidence = plan.columns.map(() => emptyEvidence());
  const detected = misled === 'encoding' ? await detectWholeEncoding(file) : plan.sample.encoding;
  const { encoding, mark } = detected;
  const source = createTextSource(file, encoding, mark);
  const state: CutState = { line: 1, blank: 0 };
  const asked = askedReader(options);
  let first = plan.header;
  for await (const batch of readBatches(source, plan.dialect, plan.columns.length, {
    path: file.path,
    signal,
    state,
  })) {
    if (first) {
      batch.dropFirst();
      first = false;
    }
    gatherEvidence(batch, evidence, { point: plan.decimal.charCodeAt(0), asked });
    progress(0.3 * (source.position() / file.size), 'looking at every value');
  }
  const names = plan.columns.map(({ name }) => name);
  const nullTokens = options.nullTokens ?? ['', ...inferNullTokens(evidence)];
  const columns = planColumns(names, evidence, nullTokens, options);
  return {
    ...plan,
    sample: { ...plan.sample, encoding: detected },
    nullTokens,
    columns,
    notes: planNotes(detected, columns, nullTokens, options),
  };
}

function stopAtFirst(rejects: RejectCollector, path: string): void {
  const reject = rejects.first();
  if (!reject) return;
  const { line, column, reason } = reject;
  throw fail('csv-row-rejected', { path, line, column, reason });
}

function resultNotes(rejects: RejectCollector, rows: number, { blank }: CutState): string[] {
  const share = rejects.total / (rows + rejects.total);
  const percent = (100 * share).toFixed(share < 0.1 ? 1 : 0);
  return [
    ...(rejects.total > 0
      ? [
          `${rejects.total} of ${rows + rejects.total} rows (${percent} %) did not fit and were left out; they are listed with line and reason`,
        ]
      : []),
    ...(blank > 0 ? [`${blank} blank ${blank === 1 ? 'line was' : 'lines were'} skipped`] : []),
  ];
}
