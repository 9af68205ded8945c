import { isTextType, orderedLimit, orderedType } from '../../../../preload/contract/column-types.ts';
import { fail, Failure } from '../../../../preload/contract/errors.ts';
import type { FlatTable } from '../../arrow/flat-reader.ts';
import {
  defineImporter,
  type ImportInput,
  type OpenedTable,
  type RowReader,
} from '../../importing/importer.ts';
import { cellOf, cellText } from '../../importing/cells.ts';
import { openBytes, readAt, type OpenedBytes } from '../../importing/open-bytes.ts';
import { startsWith } from '../../importing/signatures.ts';
import { appendCell } from '../../snapshot/append-cell.ts';
import { ColumnBuilder } from '../../snapshot/column-builder.ts';
import { readBatch, readFooter, readMessage, type ArrowMessage } from './batches.ts';
import { openColumn, type ColumnReader } from './column-reader.ts';
import { ValueFault } from './numbers.ts';
import { readField, type ArrowField } from './types.ts';

const message = { schema: 1, dictionary: 2, batch: 3 } as const;
/** Rows that are read at a time. */
const step = 16_384;

/** Arrow IPC files (also called Feather) and streams, plain or packed with LZ4 or zstd. */
export const arrowImporter = defineImporter({
  format: 'arrow',
  title: 'Arrow',
  extensions: ['arrow', 'arrows', 'feather', 'ipc'],
  options: ['columns'],
  recognises: (head) => startsWith(head, 'ARROW1\0\0') || startsWith(head, 'FEA1') || isStream(head),
  open: openArrow,
});

/** A continuation mark, a length, and a schema message's offset to its table. */
function isStream(head: Uint8Array): boolean {
  if (head.length < 16 || !head.subarray(0, 4).every((byte) => byte === 0xff)) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const length = view.getUint32(4, true);
  return length > 16 && length < 2 ** 26 && view.getUint32(8, true) < length;
}

async function openArrow({ path }: ImportInput): Promise<OpenedTable> {
  const file = await openBytes(path);
  try {
    const head = await readAt(file, 0, 8);
    if (startsWith(head, 'FEA1'))
      throw fail('file-damaged', {
        path,
        format: 'Arrow',
        reason: 'it is in the old Feather form (version 1); write it again with a current library',
      });
    const { schema, walk } = startsWith(head, 'ARROW1') ? await openFile(file) : await openStream(file);
    if (schema.i16(0) !== 0) throw new RangeError('its numbers are big-endian');
    const found = schema.tables(1).map((field) => readField(field));
    if (found.length === 0) throw new RangeError('it has no columns');
    const fields = await findOrders(file, found, walk());
    return {
      columns: fields.map(({ name, type, declared, note }, i) => ({
        name: name === '' ? `column_${i + 1}` : name,
        type,
        declared,
        note,
      })),
      notes: [],
      tables: [],
      rows: (wanted) => readRows(file, fields, wanted, walk()),
      close: () => file.handle.close(),
    };
  } catch (error) {
    await file.handle.close();
    throw damaged(error, path);
  }
}

/** The messages after the schema, one by one; undefined at the end. */
type Walk = () => Promise<ArrowMessage | undefined>;
interface Opened {
  readonly schema: FlatTable;
  readonly walk: () => Walk;
}

async function openStream(file: OpenedBytes): Promise<Opened> {
  const schema = await readMessage(file, 0);
  if (schema?.kind !== message.schema) throw new RangeError('it does not begin with a schema');
  return {
    schema: schema.header,
    walk() {
      let at = schema.end;
      return async () => {
        const next = await readMessage(file, at);
        if (next) at = next.end;
        return next;
      };
    },
  };
}

/** A file's end says where everything is. */
async function openFile(file: OpenedBytes): Promise<Opened> {
  if (!startsWith(await readAt(file, file.size - 6, 6), 'ARROW1')) throw new RangeError('its end is missing');
  const { schema, dictionaries, batches } = await readFooter(file);
  const places = [...dictionaries, ...batches];
  return {
    schema,
    walk() {
      let next = 0;
      return async () => {
        const at = places[next++];
        if (at === undefined) return undefined;
        const found = await readMessage(file, at);
        if (!found) throw new RangeError(`there is no message at byte ${at}`);
        return found;
      };
    },
  };
}

/** Anything that damaged bytes can cause, as `file-damaged`. */
function damaged(error: unknown, path: string, place = ''): Failure {
  if (error instanceof Failure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return fail('file-damaged', { path, format: 'Arrow', reason: `${place}${reason}` }, error);
}

function readRows(
  file: OpenedBytes,
  fields: readonly ArrowField[],
  wanted: readonly number[],
  walk: Walk,
): RowReader {
  const dictionaries = new Map<number, ColumnBuilder>();
  const places = placesOf(fields);
  let at = 0;
  let batches = 0;
  let batch: { readonly columns: readonly ColumnReader[]; readonly rows: number; row: number } | undefined;
  let rowsBefore = 0;

  const openBatch = async ({ header, body, end }: ArrowMessage): Promise<void> => {
    const read = readBatch(file, header, body, end);
    const placeOf = places(read.variadic);
    const columns: ColumnReader[] = [];
    for (const column of wanted) {
      try {
        columns.push(await openColumn(read, fields[column]!, placeOf(column), dictionaries));
      } catch (error) {
        throw damaged(error, file.path, `record batch ${batches}, column "${fields[column]?.name}": `);
      }
    }
    batch = { columns, rows: read.rows, row: 0 };
  };

  /** Goes to the next batch with rows; false at the end. */
  const advance = async (): Promise<boolean> => {
    for (;;) {
      const next = await walk();
      if (!next) return false;
      at = next.end;
      if (next.kind === message.dictionary) await keepDictionary(file, next, fields, wanted, dictionaries);
      else if (next.kind === message.batch) {
        batches++;
        await openBatch(next);
        if (batch && batch.rows > 0) return true;
      } else throw new RangeError(`an unexpected message before byte ${at}`);
    }
  };

  return {
    fraction: () => at / file.size,
    async next(builders) {
      try {
        if (!batch || batch.row >= batch.rows) {
          rowsBefore += batch?.rows ?? 0;
          if (!(await advance())) return false;
        }
      } catch (error) {
        throw damaged(error, file.path, `after ${batches} record batches: `);
      }
      const { columns, row, rows } = batch!;
      const to = Math.min(row + step, rows);
      for (const [i, read] of columns.entries()) {
        const column = fields[wanted[i]!]!.name;
        try {
          await read(builders[i]!, row, to);
        } catch (error) {
          if (error instanceof ValueFault)
            throw fail(
              'value-refused',
              { path: file.path, column, row: rowsBefore + error.row + 1, reason: error.message },
              error,
            );
          throw damaged(error, file.path, `record batch ${batches}, column "${column}": `);
        }
      }
      batch!.row = to;
      return true;
    },
  };
}

/** Ordered categories have their levels in their type, so their dictionaries are read at once: all that stand before the first batch. */
async function findOrders(
  file: OpenedBytes,
  fields: readonly ArrowField[],
  walk: Walk,
): Promise<readonly ArrowField[]> {
  const ordered = fields.flatMap(({ isOrdered, type }, at) =>
    isOrdered && type === 'categorical' ? [at] : [],
  );
  if (ordered.length === 0) return fields;
  const dictionaries = new Map<number, ColumnBuilder>();
  for (let next = await walk(); next?.kind === message.dictionary; next = await walk())
    await keepDictionary(file, next, fields, ordered, dictionaries);
  return fields.map((field, at) => {
    const words = ordered.includes(at) ? dictionaries.get(field.dictionary?.id ?? -1) : undefined;
    if (!words) return field;
    const levels =
      words.length > orderedLimit
        ? []
        : Array.from(words.present, (_, i) => cellOf(words, i)).slice(0, words.length);
    const type = orderedType(levels.map(String));
    if (type && !levels.includes(null)) return { ...field, type };
    const note = `an order of ${words.length} categories, more than ${orderedLimit} or not all different: it is not kept`;
    return { ...field, note };
  });
}

interface Places {
  readonly buffer: number;
  readonly node: number;
  readonly view: number;
}

/** Where the parts of a column begin in a batch, those of the columns before it being counted. */
function placesOf(fields: readonly ArrowField[]) {
  const fixed: Places[] = [{ buffer: 0, node: 0, view: 0 }];
  for (const { buffers, nodes, views } of fields) {
    const { buffer, node, view } = fixed.at(-1)!;
    fixed.push({ buffer: buffer + buffers, node: node + nodes, view: view + views });
  }
  return (variadic: readonly number[]): ((column: number) => Places) => {
    const more = [0];
    for (const count of variadic) more.push(more.at(-1)! + count);
    return (column) => {
      const { buffer, node, view } = fixed[column]!;
      return { buffer: buffer + (more[view] ?? 0), node, view };
    };
  };
}

async function keepDictionary(
  file: OpenedBytes,
  { header, body, end }: ArrowMessage,
  fields: readonly ArrowField[],
  wanted: readonly number[],
  dictionaries: Map<number, ColumnBuilder>,
): Promise<void> {
  const id = header.i64(0);
  const column = wanted.find((at) => fields[at]?.dictionary?.id === id);
  const field = column === undefined ? undefined : fields[column];
  const data = header.table(1);
  if (!field?.type) return;
  if (!data) throw new RangeError(`dictionary ${id} has no values`);
  const batch = readBatch(file, data, body, end);
  const isDelta = header.u8(2) !== 0;
  const isText = isTextType(field.type);
  const words =
    (isDelta ? dictionaries.get(id) : undefined) ?? new ColumnBuilder(isText ? 'utf8' : field.type);
  const { layout, type } = field;
  const read = await openColumn(
    batch,
    { layout, type, dictionary: undefined },
    { buffer: 0, node: 0, view: 0 },
    dictionaries,
  );
  const codes = isText && layout.kind === 'integer' ? new ColumnBuilder('int64') : undefined;
  for (let row = 0; row < batch.rows; row += step)
    await read(codes ?? words, row, Math.min(row + step, batch.rows));
  if (codes) appendTexts(words, codes);
  dictionaries.set(id, words);
}

/** Whole numbers behind texts, as texts. */
function appendTexts(words: ColumnBuilder, codes: ColumnBuilder): void {
  words.ensure(words.length + codes.length);
  for (let row = 0; row < codes.length; row++) appendCell(words, cellText('int64', cellOf(codes, row)));
}
