import type { ColumnType } from '../../preload/contract/column-types.ts';
import type { ImportOptions } from '../../preload/contract/import-options.ts';
import type { WrittenCosts } from '../../preload/contract/evaluation.ts';
import { fail } from '../../preload/contract/errors.ts';
import { createMemoryObjects, importDelimited, inspectDelimited, openSnapshot } from '../datasets/index.ts';
import type { TaskContext } from '../jobs/index.ts';
import { replaceFile, sha256 } from '../platform/files/index.ts';
import { readTable, type InputType, type NamedInput, type RawColumn } from '../recipes/index.ts';
import { loadModel, type ModelObjects } from './load-model.ts';
import { predictionCsv } from './prediction-csv.ts';
import { predictionRecord, predictTable } from './predict-table.ts';
import { lagNotes, servingColumns } from './serving-columns.ts';
import { inputsWithLookups, noJoins, withLookups, type ServingJoins } from './serving-joins.ts';
import { unseenNotes } from './unseen-levels.ts';

export interface PredictFileInput extends ModelObjects {
  readonly path: string;
  /** Where columns that the file lacks are looked up. */
  readonly joins?: ServingJoins;
  /** Where to write the predictions as CSV; null: nowhere. */
  readonly out: string | null;
  /** Adds intervals that hold for this share of new rows. */
  readonly level?: number | undefined;
  /** Adds the decision of least expected cost. */
  readonly costs?: WrittenCosts | undefined;
  /** How the training data was imported: its missing-value tokens, decimal mark and date form hold here too. */
  readonly options?: Pick<ImportOptions, 'nullTokens' | 'decimal' | 'dateFormat'>;
}

export interface PredictFileResult {
  readonly rows: number;
  readonly source: { readonly file: string; readonly size: number; readonly sha256: string };
  /** SHA-256 of the predictions as CSV. */
  readonly sha256: string;
  /** The first rows, at most 1,000, when there is no `out`. */
  readonly predictions: readonly Record<string, number | string>[];
  readonly notes: readonly string[];
}

const mostShown = 1000;

/**
 * Predicts every row of a CSV file, in its order. The columns the model needs are read as the types they had in training;
 * a value that does not fit stops the work, naming line and column, so that no row is left out in silence.
 */
export async function predictFile(input: PredictFileInput, context: TaskContext): Promise<PredictFileResult> {
  const { signal, progress } = context;
  const { pipeline, artifact } = await loadModel(context.reader, input);
  const file = await inspectDelimited({ path: input.path, options: input.options ?? {} });
  const present = file.columns.map(({ name }) => name);
  const { joins = noJoins } = input;
  const { inputs, lookups } = await inputsWithLookups(context.reader, pipeline, joins, present);
  for (const { name } of inputs) {
    if (!present.includes(name)) throw fail('input-column-missing', { column: name, known: present });
  }
  const store = createMemoryObjects();
  const imported = await importDelimited(
    { path: input.path, options: readingOptions(input.options, inputs, present) },
    {
      writer: store,
      signal,
      log: context.log,
      progress: (fraction, message) => progress(0.6 * fraction, message),
    },
  );
  const { manifest } = imported.snapshot;
  const { rows } = await openSnapshot(store, manifest);
  const table = await readTable(store, manifest, { names: inputs.map(({ name }) => name), signal });
  signal.throwIfAborted();
  progress(0.7, `predicting ${rows.toLocaleString('en')} rows`);
  const given = table.map(({ column }): RawColumn => column);
  const found = await withLookups(context.reader, joins, lookups, given, signal);
  const columns = servingColumns(pipeline, found.columns);
  const predictions = predictTable(pipeline, artifact, columns, input);
  signal.throwIfAborted();
  const csv = predictionCsv(predictions);
  progress(0.9, 'writing');
  if (input.out !== null) await replaceFile(input.out, csv);
  const shown = input.out === null ? Math.min(predictions.rows, mostShown) : 0;
  return {
    rows: predictions.rows,
    source: imported.source,
    sha256: sha256(csv),
    predictions: Array.from({ length: shown }, (_, row) => predictionRecord(predictions, row)),
    notes: [
      ...imported.notes,
      ...found.notes,
      ...unseenNotes(pipeline, columns),
      ...lagNotes(pipeline, columns),
    ],
  };
}

/** A timestamp may or may not name its zone; what the file holds decides. */
const columnTypes: Readonly<Record<InputType, ColumnType | null>> = {
  number: 'float64',
  bool: 'bool',
  date: 'date',
  timestamp: null,
  text: 'utf8',
};

function readingOptions(
  options: PredictFileInput['options'],
  inputs: readonly NamedInput[],
  present: readonly string[],
): ImportOptions {
  const types = new Map(inputs.map(({ name, type }) => [name, columnTypes[type]]));
  const columns = present.map((name): [string, { type?: ColumnType }] => {
    const type = types.has(name) ? types.get(name) : 'utf8';
    return [name, type ? { type } : {}];
  });
  return { ...options, columns: Object.fromEntries(columns), onReject: 'stop' };
}
