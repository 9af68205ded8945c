import { decimalDigits, decimalType, type ColumnType } from '../../../../preload/contract/column-types.ts';
import type { FlatTable } from '../../arrow/flat-reader.ts';

/** How the values of an Arrow field lie in its buffers, as far as we keep them. */
export type Layout =
  | { readonly kind: 'null' | 'bool' | 'view' }
  | { readonly kind: 'integer'; readonly bytes: 1 | 2 | 4 | 8; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bytes: 2 | 4 | 8 }
  | { readonly kind: 'decimal'; readonly bytes: number; readonly scale: number; readonly whole: boolean }
  | { readonly kind: 'date'; readonly bytes: 4 | 8 }
  | { readonly kind: 'time'; readonly bytes: 4 | 8; readonly perSecond: bigint }
  | { readonly kind: 'timestamp'; readonly perSecond: bigint }
  | { readonly kind: 'text'; readonly bytes: 4 | 8 }
  | { readonly kind: 'none' };

/** A field of the schema: what it is read as, and how many buffers and nodes it takes up in every batch. */
export interface ArrowField {
  readonly name: string;
  readonly layout: Layout;
  readonly type: ColumnType | null;
  readonly declared: string;
  readonly note: string | null;
  /** The field's values are places in this dictionary; `layout` is that of the dictionary's values. */
  readonly dictionary:
    { readonly id: number; readonly index: Layout & { readonly kind: 'integer' } } | undefined;
  /** The dictionary's order is one of its values. */
  readonly isOrdered: boolean;
  /** Buffers, nodes and variadic counts, with those of its children. */
  readonly buffers: number;
  readonly nodes: number;
  readonly views: number;
}

/** Members of the `Type` union of Schema.fbs. */
const union = {
  null: 1, int: 2, float: 3, binary: 4, utf8: 5, bool: 6, decimal: 7, date: 8, time: 9, timestamp: 10, interval: 11, list: 12,
  struct: 13, union: 14, fixedBinary: 15, fixedList: 16, map: 17, duration: 18, largeBinary: 19, largeUtf8: 20, largeList: 21,
  runEnd: 22, binaryView: 23, utf8View: 24, listView: 25, largeListView: 26,
} as const; // prettier-ignore

const names = new Map(Object.entries(union).map(([name, value]) => [value as number, name]));
/** Units of time, by their number in Schema.fbs. */
const units = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const;
const unitNames = ['s', 'ms', 'us', 'ns'] as const;
const depthLimit = 64;

interface Read {
  readonly layout: Layout;
  readonly type: ColumnType | null;
  readonly declared: string;
  readonly note: string | null;
}

export function readField(field: FlatTable, depth = 0): ArrowField {
  if (depth > depthLimit) throw new RangeError('fields are nested without end');
  const name = field.string(0) ?? '';
  const kind = field.u8(2);
  const type = field.table(3);
  if (!type) throw new RangeError(`column "${name}" has no type`);
  const children = field.tables(5).map((child) => readField(child, depth + 1));
  const encoding = field.table(4);
  const value = readType(kind, type);
  const sum = (pick: (child: ArrowField) => number): number =>
    encoding ? 0 : children.reduce((total, child) => total + pick(child), 0);
  const dictionary = encoding && { id: encoding.i64(0), index: indexOf(encoding.table(1)) };
  return {
    name,
    ...value,
    declared: dictionary ? `dictionary<${value.declared}>` : value.declared,
    // Numbers in a dictionary are codes, as pandas keeps categories that look like numbers.
    ...(dictionary && (value.type === 'utf8' || value.layout.kind === 'integer')
      ? {
          type: 'categorical' as const,
          note: value.type === 'utf8' ? null : `categories, ${value.declared} codes kept as texts`,
        }
      : {}),
    isOrdered: dictionary !== undefined && encoding?.u8(2) === 1,
    dictionary,
    buffers: dictionary ? 2 : ownBuffers(kind, type) + sum(({ buffers }) => buffers),
    nodes: 1 + sum(({ nodes }) => nodes),
    views:
      (!dictionary && (kind === union.utf8View || kind === union.binaryView) ? 1 : 0) +
      sum(({ views }) => views),
  };
}

function indexOf(type: FlatTable | undefined): Layout & { readonly kind: 'integer' } {
  if (!type) return { kind: 'integer', bytes: 4, signed: true };
  return integer(type);
}

function integer(type: FlatTable): Layout & { readonly kind: 'integer' } {
  const bytes = type.i32(0) / 8;
  if (bytes !== 1 && bytes !== 2 && bytes !== 4 && bytes !== 8)
    throw new RangeError(`integers of ${type.i32(0)} bits`);
  return { kind: 'integer', bytes, signed: type.u8(1) !== 0 };
}

function ownBuffers(kind: number, type: FlatTable): number {
  switch (kind) {
    case union.null:
    case union.runEnd:
      return 0;
    case union.struct:
    case union.fixedList:
      return 1;
    case union.union:
      return type.i16(0) === 1 ? 2 : 1;
    case union.utf8:
    case union.binary:
    case union.largeUtf8:
    case union.largeBinary:
    case union.listView:
    case union.largeListView:
      return 3;
    default:
      return 2;
  }
}

function plain(layout: Layout, type: ColumnType, declared: string, note: string | null = null): Read {
  return { layout, type, declared, note };
}

function readType(kind: number, type: FlatTable): Read {
  switch (kind) {
    case union.null:
      return plain({ kind: 'null' }, 'utf8', 'null', 'no values at all, so taken for text');
    case union.bool:
      return plain({ kind: 'bool' }, 'bool', 'bool');
    case union.int: {
      const layout = integer(type);
      const declared = `${layout.signed ? 'int' : 'uint'}${layout.bytes * 8}`;
      return plain(layout, 'int64', declared, declared === 'int64' ? null : `${declared} kept as int64`);
    }
    case union.float: {
      const bytes = ([2, 4, 8] as const)[type.i16(0)];
      if (bytes === undefined) throw new RangeError('floating point numbers of unknown width');
      const declared = `float${bytes * 8}`;
      return plain(
        { kind: 'float', bytes },
        'float64',
        declared,
        bytes === 8 ? null : `${declared} kept as float64`,
      );
    }
    case union.decimal:
      return decimal(type);
    case union.date:
      return plain({ kind: 'date', bytes: type.has(0) && type.i16(0) === 0 ? 4 : 8 }, 'date', 'date');
    case union.time: {
      const unit = unitOf(type, 1);
      const bytes = type.has(1) && type.i32(1) === 64 ? 8 : 4;
      return plain(
        { kind: 'time', bytes, perSecond: units[unit] },
        'utf8',
        `time[${unitNames[unit]}]`,
        'times of day kept as text',
      );
    }
    case union.timestamp: {
      const unit = unitOf(type, 0);
      const zone = type.string(1);
      const declared = `timestamp[${unitNames[unit]}${zone === undefined ? '' : `, ${zone}`}]`;
      const note =
        zone === undefined || zone === 'UTC'
          ? null
          : `the instants are kept, the name of their zone (${zone}) is not`;
      return plain(
        { kind: 'timestamp', perSecond: units[unit] },
        zone === undefined ? 'timestamp' : 'timestamptz',
        declared,
        note,
      );
    }
    case union.utf8:
      return plain({ kind: 'text', bytes: 4 }, 'utf8', 'utf8');
    case union.largeUtf8:
      return plain({ kind: 'text', bytes: 8 }, 'utf8', 'large utf8');
    case union.utf8View:
      return plain({ kind: 'view' }, 'utf8', 'utf8 view');
    default:
      return {
        layout: { kind: 'none' },
        type: null,
        declared: names.get(kind) ?? `number ${kind}`,
        note: null,
      };
  }
}

function unitOf(type: FlatTable, missing: 0 | 1): 0 | 1 | 2 | 3 {
  const unit = type.has(0) ? type.i16(0) : missing;
  if (unit !== 0 && unit !== 1 && unit !== 2 && unit !== 3) throw new RangeError('an unknown unit of time');
  return unit;
}

function decimal(type: FlatTable): Read {
  const precision = type.i32(0);
  const scale = type.i32(1);
  const bytes = (type.has(2) ? type.i32(2) : 128) / 8;
  if (![4, 8, 16, 32].includes(bytes)) throw new RangeError('decimals of unknown width');
  const declared = `decimal(${precision}, ${scale})`;
  const whole = scale === 0 && precision <= 18;
  return {
    layout: { kind: 'decimal', bytes, scale, whole },
    declared,
    ...decimalKept(declared, precision, scale),
  };
}

/** Up to 38 digits are kept exactly; a scale below 0 or above the digits, or more digits, as float64. */
function decimalKept(declared: string, precision: number, scale: number): Pick<Read, 'type' | 'note'> {
  if (scale === 0 && precision <= 18) return { type: 'int64', note: `${declared} kept as int64` };
  if (precision >= 1 && precision <= decimalDigits && scale >= 0 && scale <= precision)
    return { type: decimalType(precision, scale), note: null };
  return {
    type: 'float64',
    note: `${declared} kept as float64${precision > 15 ? `, which holds about 16 digits of its ${precision}` : ''}`,
  };
}
