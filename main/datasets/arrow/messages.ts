import {
  decimalSize,
  decimalType,
  isCategorical,
  isDecimal,
  isOrdered,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { createFlatBuilder, type FlatBuilder } from './flat-builder.ts';
import type { FlatTable } from './flat-reader.ts';

/**
 * Arrow's metadata messages (format/Message.fbs and Schema.fbs of Apache Arrow, metadata version V5) for our column types.
 */
const metadataVersion = 4;
export const messageHeader = { schema: 1, dictionaryBatch: 2, recordBatch: 3 } as const;

/** `Type` union members and their units. */
const arrowTypes = { int: 2, float: 3, utf8: 5, bool: 6, decimal: 7, date: 8, timestamp: 10 } as const;
const double = 2;
const day = 0;
const microsecond = 2;

/** With `dictionaries`, categoricals are dictionary columns: the dictionary of a column has its place in `fields` as its id. */
export interface SchemaOptions {
  readonly dictionaries?: boolean;
}

export function schemaMessage(fields: readonly Field[], options: SchemaOptions = {}): Uint8Array {
  const flat = createFlatBuilder();
  return message(flat, messageHeader.schema, schemaTable(flat, fields, options), 0);
}

/** A record batch in a file: where its message begins, and the lengths of that and of its body. */
export interface FileBlock {
  readonly offset: number;
  readonly metadata: number;
  readonly body: number;
}

/** The end of an Arrow file (format/File.fbs): the schema again, and where every dictionary and every batch is. */
export function fileFooter(
  fields: readonly Field[],
  blocks: readonly FileBlock[],
  words: readonly FileBlock[],
): Uint8Array {
  const flat = createFlatBuilder();
  const schema = schemaTable(flat, fields, { dictionaries: true });
  const places = (some: readonly FileBlock[]): number =>
    flat.structs(
      some.flatMap(({ offset, metadata, body }) => [offset, metadata, body]),
      3,
    );
  const dictionaries = places(words);
  const batches = places(blocks);
  return flat.finish(
    flat.table([
      { slot: 0, kind: 'i16', value: metadataVersion },
      { slot: 1, kind: 'reference', value: schema },
      { slot: 2, kind: 'reference', value: dictionaries },
      { slot: 3, kind: 'reference', value: batches },
    ]),
  );
}

function schemaTable(flat: FlatBuilder, fields: readonly Field[], { dictionaries }: SchemaOptions): number {
  const offsets = fields.map((field, id) => {
    const type = typeTable(flat, field.type);
    const encoding =
      dictionaries && isCategorical(field.type)
        ? dictionaryTable(flat, id, isOrdered(field.type))
        : undefined;
    const children = flat.references([]);
    const name = flat.string(field.name);
    return flat.table([
      { slot: 0, kind: 'reference', value: name },
      { slot: 1, kind: 'u8', value: 1 },
      { slot: 2, kind: 'u8', value: type.union },
      { slot: 3, kind: 'reference', value: type.table },
      ...(encoding === undefined ? [] : [{ slot: 4, kind: 'reference', value: encoding } as const]),
      { slot: 5, kind: 'reference', value: children },
    ]);
  });
  return flat.table([{ slot: 1, kind: 'reference', value: flat.references(offsets) }]);
}

/** `DictionaryEncoding`: places of 32 bits. */
function dictionaryTable(flat: FlatBuilder, id: number, ordered: boolean): number {
  const index = flat.table([
    { slot: 0, kind: 'i32', value: 32 },
    { slot: 1, kind: 'u8', value: 1 },
  ]);
  return flat.table([
    { slot: 0, kind: 'i64', value: id },
    { slot: 1, kind: 'reference', value: index },
    { slot: 2, kind: 'u8', value: Number(ordered) },
  ]);
}

function typeTable(flat: FlatBuilder, type: ColumnType): { union: number; table: number } {
  switch (type) {
    case 'bool':
      return { union: arrowTypes.bool, table: flat.table([]) };
    case 'utf8':
    case 'categorical':
      return { union: arrowTypes.utf8, table: flat.table([]) };
    case 'int64':
      return {
        union: arrowTypes.int,
        table: flat.table([
          { slot: 0, kind: 'i32', value: 64 },
          { slot: 1, kind: 'u8', value: 1 },
        ]),
      };
    case 'float64':
      return { union: arrowTypes.float, table: flat.table([{ slot: 0, kind: 'i16', value: double }]) };
    case 'date':
      return { union: arrowTypes.date, table: flat.table([{ slot: 0, kind: 'i16', value: day }]) };
    case 'timestamp':
      return {
        union: arrowTypes.timestamp,
        table: flat.table([{ slot: 0, kind: 'i16', value: microsecond }]),
      };
    case 'timestamptz': {
      const zone = flat.string('UTC');
      return {
        union: arrowTypes.timestamp,
        table: flat.table([
          { slot: 0, kind: 'i16', value: microsecond },
          { slot: 1, kind: 'reference', value: zone },
        ]),
      };
    }
    default: {
      if (!isDecimal(type)) return { union: arrowTypes.utf8, table: flat.table([]) };
      const { precision, scale } = decimalSize(type);
      return {
        union: arrowTypes.decimal,
        table: flat.table([
          { slot: 0, kind: 'i32', value: precision },
          { slot: 1, kind: 'i32', value: scale },
        ]),
      };
    }
  }
}

/** Our type of a `Field` table; undefined for Arrow types that we don't write. */
export function fieldType(field: FlatTable): ColumnType | undefined {
  const type = field.table(3);
  switch (field.u8(2)) {
    case arrowTypes.bool:
      return 'bool';
    case arrowTypes.utf8:
      return 'utf8';
    case arrowTypes.int:
      return 'int64';
    case arrowTypes.float:
      return 'float64';
    case arrowTypes.decimal:
      return type && decimalType(type.i32(0), type.i32(1));
    case arrowTypes.date:
      return 'date';
    case arrowTypes.timestamp:
      return type?.string(1) === undefined ? 'timestamp' : 'timestamptz';
    default:
      return undefined;
  }
}

export interface BatchShape {
  readonly rows: number;
  /** Null counts, one per column. */
  readonly nulls: readonly number[];
  /** Offset and length in the body of every buffer. */
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly bodyLength: number;
}

export function batchMessage(shape: BatchShape): Uint8Array {
  const flat = createFlatBuilder();
  return message(flat, messageHeader.recordBatch, batchTable(flat, shape), shape.bodyLength);
}

/** The values of a dictionary: one column of texts. With `isDelta` they come behind those before. */
export function dictionaryMessage(id: number, shape: BatchShape, isDelta: boolean): Uint8Array {
  const flat = createFlatBuilder();
  const data = batchTable(flat, shape);
  const table = flat.table([
    { slot: 0, kind: 'i64', value: id },
    { slot: 1, kind: 'reference', value: data },
    { slot: 2, kind: 'u8', value: Number(isDelta) },
  ]);
  return message(flat, messageHeader.dictionaryBatch, table, shape.bodyLength);
}

function batchTable(flat: FlatBuilder, { rows, nulls, buffers }: BatchShape): number {
  const places = flat.structs(
    buffers.flatMap(({ offset, length }) => [offset, length]),
    2,
  );
  const nodes = flat.structs(
    nulls.flatMap((count) => [rows, count]),
    2,
  );
  return flat.table([
    { slot: 0, kind: 'i64', value: rows },
    { slot: 1, kind: 'reference', value: nodes },
    { slot: 2, kind: 'reference', value: places },
  ]);
}

function message(flat: FlatBuilder, header: number, table: number, bodyLength: number): Uint8Array {
  return flat.finish(
    flat.table([
      { slot: 0, kind: 'i16', value: metadataVersion },
      { slot: 1, kind: 'u8', value: header },
      { slot: 2, kind: 'reference', value: table },
      { slot: 3, kind: 'i64', value: bodyLength },
    ]),
  );
}
