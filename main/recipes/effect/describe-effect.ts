import type { ColumnType } from '../../../preload/contract/column-types.ts';
import type { EffectColumn, EffectStage } from '../../../preload/contract/recipes.ts';
import { columnLength, type WorkColumn } from '../columns.ts';
import type { ResolvedRecipe } from '../recipe.ts';
import { findStep } from '../steps/index.ts';
import { cellOf, differences, type Trace } from './trace-steps.ts';
import type { TrainingSample } from './training-sample.ts';

/** The stages of a trace as tables of the shown rows, each compared with the one before. */
export function describeEffect(
  recipe: ResolvedRecipe,
  trace: Trace,
  { table }: TrainingSample,
  shown: readonly number[],
): EffectStage[] {
  const types = new Map(table.map(({ type, column }) => [column.name, { type, column }]));
  return trace.stages.map((columns, position) => {
    const before = new Map((trace.stages[position - 1] ?? columns).map((column) => [column.name, column]));
    const step = position === 0 ? null : (recipe.steps[position - 1]?.step ?? null);
    const after = new Set(columns.map(({ name }) => name));
    return {
      position,
      step,
      reused: trace.reused[position] ?? false,
      title: step === null ? null : (findStep(step)?.title ?? step),
      columns: columns.map((column) => {
        const raw = types.get(column.name);
        return describeColumn(
          column,
          before.get(column.name),
          shown,
          raw?.column === column ? raw.type : null,
        );
      }),
      removed: [...before.keys()].filter((name) => !after.has(name)),
    };
  });
}

function describeColumn(
  column: WorkColumn,
  before: WorkColumn | undefined,
  shown: readonly number[],
  type: ColumnType | null,
): EffectColumn {
  const differing = before ? differences(before, column) : { count: 0, at: () => false };
  const isNew = before === undefined;
  const changed = before !== undefined && (before.kind !== column.kind || differing.count > 0);
  let missing = 0;
  for (let row = 0; row < columnLength(column); row++) if (cellOf(column, row) === null) missing++;
  return {
    name: column.name,
    kind: column.kind === 'category' ? 'text' : column.kind,
    change: isNew ? 'added' : changed ? 'changed' : 'same',
    features: column.kind === 'one-hot' ? column.levels.length : 1,
    missing,
    changed: differing.count,
    values: shown.map((row) => readable(cellOf(column, row), type)),
    differs: shown.flatMap((row, i) => (differing.at(row) ? [i] : [])),
  };
}

/** Dates and truth values as the data has them, as long as no step has made numbers of them. */
function readable(value: string | number | null, type: ColumnType | null): string | number | null {
  if (typeof value !== 'number') return value;
  if (type === 'bool') return value === 1 ? 'true' : 'false';
  if (type === 'date' || type === 'timestamp' || type === 'timestamptz') {
    const moment = new Date(value * 86_400_000);
    if (Number.isNaN(moment.getTime())) return value;
    return type === 'date'
      ? moment.toISOString().slice(0, 10)
      : moment.toISOString().slice(0, 19).replace('T', ' ');
  }
  return Number.isFinite(value) ? value : String(value);
}

/** Which rows of the sample to show: some with gaps, for these are where steps differ, and the first ones. */
export function chooseRows({ table, rows }: TrainingSample, wanted: number): number[] {
  const chosen = new Set<number>();
  for (const { column } of table) {
    if (chosen.size >= wanted / 2) break;
    for (let row = 0; row < rows.length; row++) {
      if (cellOf(column, row) !== null) continue;
      chosen.add(row);
      break;
    }
  }
  for (let row = 0; row < rows.length && chosen.size < wanted; row++) chosen.add(row);
  return [...chosen].toSorted((a, b) => a - b);
}
