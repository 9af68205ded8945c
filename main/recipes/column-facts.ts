import { typeKind, type ColumnType, type TypeKind } from '../../preload/contract/column-types.ts';
import { columnLength, gatherRows, type RawColumn } from './columns.ts';
import type { FindSplit } from './split/inherit/recorded-split.ts';
import type { Failure } from '../../preload/contract/errors.ts';
import type { JoinPlan } from './join/plan.ts';
import type { InputType } from './pipeline-input.ts';

/** A raw column of a snapshot with the type it has there. */
export interface TypedColumn {
  readonly type: ColumnType;
  readonly column: RawColumn;
}

/** What the defaults of a recipe depend on. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  readonly rows: number;
  readonly missing: number;
  /** Different values, counted up to `countedTo`. */
  readonly distinct: number;
  /** Numbers: whether every value is a whole number. */
  readonly whole: boolean;
  /** The first value there is, as text. */
  readonly example: string;
  /** Index of the first infinite value, -1 when there is none. */
  readonly infinite: number;
}

/** What resolving a recipe needs to know of a table: plain data, small, the same for the same snapshot. */
export interface TableFacts {
  readonly columns: readonly ColumnFacts[];
  /** The first rows, for trying the steps out. */
  readonly sample: readonly TypedColumn[];
  /** The recipe's joins, by which some of the columns came from other snapshots. */
  readonly joined?: JoinedFacts;
  /** Columns that somebody declared not to be known when a prediction is asked for. */
  readonly notKnown?: readonly DeclaredColumn[];
  /** Finds a split that was recorded in the workspace. */
  readonly recordedSplit?: FindSplit;
}

export interface JoinedFacts {
  readonly plans: readonly JoinPlan[];
  readonly notes: readonly string[];
  readonly problems: readonly {
    readonly path: string;
    readonly message: string;
    readonly failure?: Failure;
  }[];
}

export interface DeclaredColumn {
  readonly dataset: string;
  readonly column: string;
  readonly why: string | null;
  readonly by: string;
}

const sampleRows = 200;

export function tableFacts(table: readonly TypedColumn[]): TableFacts {
  const rows = Math.min(sampleRows, ...table.map(({ column }) => columnLength(column)));
  const first = Int32Array.from({ length: rows }, (_, row) => row);
  return {
    columns: table.map(columnFacts),
    sample: table.map(({ type, column }) => ({ type, column: compactLevels(gatherRows(column, first)) })),
  };
}

/** Without the levels that no row has. */
export function compactLevels(column: RawColumn): RawColumn {
  if (column.kind === 'number') return column;
  const used = [...new Set(column.codes)].filter((code) => code >= 0).sort((a, b) => a - b);
  const codeOf = new Map(used.map((code, index) => [code, index]));
  return {
    ...column,
    levels: used.map((code) => column.levels[code] ?? ''),
    codes: column.codes.map((code) => codeOf.get(code) ?? -1),
  };
}

/** Distinct numbers are counted up to this. */
export const countedTo = 1001;

function columnFacts({ type, column }: TypedColumn): ColumnFacts {
  const facts =
    column.kind === 'number' ? numberFacts(column.values) : textFacts(column.codes, column.levels);
  return { name: column.name, type, rows: columnLength(column), ...facts };
}

function numberFacts(values: Float64Array) {
  const distinct = createDistinctCounter();
  let missing = 0;
  let whole = true;
  let first = -1;
  let infinite = -1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    if (first < 0) first = row;
    if (infinite < 0 && (value === Infinity || value === -Infinity)) infinite = row;
    distinct.add(value);
    if (whole && !Number.isInteger(value)) whole = false;
  }
  const example = first < 0 ? '' : String(values[first]);
  return { missing, distinct: distinct.count(), whole, example, infinite };
}

/** Counts different numbers up to `countedTo`: a hash table with open addressing, by the numbers' bits. */
function createDistinctCounter() {
  const slots = new Float64Array(4096).fill(NaN);
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  let count = 0;
  return {
    add(value: number): void {
      if (count >= countedTo) return;
      // Zero has two bit patterns; adding makes them one.
      number[0] = value + 0;
      const mixed = Math.imul((halves[0] ?? 0) ^ Math.imul(halves[1] ?? 0, 0x9e3779b1), 0x85ebca6b);
      let slot = mixed >>> 20;
      for (;;) {
        const held = slots[slot] ?? NaN;
        if (held === value) return;
        if (Number.isNaN(held)) break;
        slot = (slot + 1) & 4095;
      }
      slots[slot] = value;
      count++;
    },
    count: () => count,
  };
}

function textFacts(codes: Int32Array, levels: readonly string[]) {
  const used = new Uint8Array(levels.length);
  let missing = 0;
  let example = '';
  for (const code of codes) {
    if (code < 0) missing++;
    else {
      if (example === '') example = levels[code] ?? '';
      used[code] = 1;
    }
  }
  return { missing, distinct: used.reduce((sum, bit) => sum + bit, 0), whole: false, example, infinite: -1 };
}

/** How the values of a column of each type are written when a prediction is asked for. */
const inputTypes: Readonly<Record<TypeKind, InputType>> = {
  decimal: 'number',
  utf8: 'text',
  categorical: 'text',
  bool: 'bool',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  int64: 'number',
  float64: 'number',
};

export function inputTypeOf(type: ColumnType): InputType {
  return inputTypes[typeKind(type)];
}
