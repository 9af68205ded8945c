import {
  historyInputs,
  lagColumns,
  lagsAfter,
  type FittedPipeline,
  type NamedInput,
  type RawColumn,
} from '../recipes/index.ts';

/** What to read of a table to predict for: the inputs of the pipeline, or what their lags are worked out from. */
export function servingInputs(pipeline: FittedPipeline, present: readonly string[]): readonly NamedInput[] {
  const { history, inputs } = pipeline;
  return (history && historyInputs(history, inputs, present)) ?? inputs;
}

/** The columns read, and the lags that are not among them. */
export function servingColumns(
  { history, inputs }: FittedPipeline,
  columns: readonly RawColumn[],
): readonly RawColumn[] {
  if (!history || inputs.every(({ name }) => columns.some((column) => column.name === name))) return columns;
  const made = lagsAfter(history, columns);
  return [...columns.filter(({ name }) => !made.some((one) => one.name === name)), ...made];
}

/** Sentences about lags that reach to rows that are not known. */
export function lagNotes({ history, inputs }: FittedPipeline, columns: readonly RawColumn[]): string[] {
  if (!history) return [];
  const made = new Set(lagColumns(history.plan).map(({ name }) => name));
  return inputs.flatMap(({ name }) => {
    const column = columns.find((one) => one.name === name);
    if (!made.has(name) || column?.kind !== 'number') return [];
    const missing = column.values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    if (missing === 0) return [];
    return [
      `${missing} of ${column.values.length} rows have no "${name}": the rows it looks back to are not known`,
    ];
  });
}
