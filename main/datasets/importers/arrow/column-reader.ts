import { isUtf8 } from 'node:buffer';
import { isDecimal, isOrdered } from '../../../../preload/contract/column-types.ts';
import { cellOf } from '../../importing/cells.ts';
import { isLevel, writeWide } from '../../snapshot/append-cell.ts';
import { ColumnBuilder } from '../../snapshot/column-builder.ts';
import { int32Values, int64Values } from '../../snapshot/block.ts';
import { wideValue } from '../../snapshot/decimals.ts';
import type { ArrowBatch, Part } from './batches.ts';
import { readInteger, readNumbers, ValueFault } from './numbers.ts';
import type { ArrowField, Layout } from './types.ts';

/** Puts rows `from` to `to` of a batch behind the builder's; throws ValueFault with the row's place in the batch. */
export type ColumnReader = (builder: ColumnBuilder, from: number, to: number) => Promise<void>;

/** Most bytes of text in the rows that are read at a time. */
const textLimit = 256 * 2 ** 20;

/**
 * A reader of one column of a batch. `buffer`, `node` and `view` are where its parts begin in the batch; `dictionaries` hold
 * the values of those that came before.
 */
export async function openColumn(
  batch: ArrowBatch,
  field: Pick<ArrowField, 'layout' | 'type' | 'dictionary'>,
  { buffer, node, view }: { readonly buffer: number; readonly node: number; readonly view: number },
  dictionaries: ReadonlyMap<number, ColumnBuilder>,
): Promise<ColumnReader> {
  const rows = batch.nodes[2 * node];
  const nulls = batch.nodes[2 * node + 1] ?? 0;
  if (rows !== batch.rows) throw new RangeError('a column of another length than its batch');
  if (field.layout.kind === 'null') return readNulls;
  const validity = nulls > 0 ? await batch.part(buffer) : undefined;
  const present = presence(validity);
  const values = await batch.part(buffer + 1);
  if (field.dictionary) {
    const words = dictionaries.get(field.dictionary.id);
    if (!words) throw new RangeError(`dictionary ${field.dictionary.id} is missing`);
    return readPlaces(words, field.dictionary.index, values, present);
  }
  const { layout } = field;
  switch (layout.kind) {
    case 'text':
      return readTexts(values, await batch.part(buffer + 2), layout.bytes, present);
    case 'view': {
      const count = batch.variadic[view] ?? 0;
      if (count < 0 || count > 1_000_000) throw new RangeError('an impossible number of buffers');
      const parts: Part[] = [];
      for (let i = 0; i < count; i++) parts.push(await batch.part(buffer + 2 + i));
      return readViews(values, parts, present);
    }
    case 'bool':
      return async (builder, from, to) => {
        const start = await begin(builder, from, to, present);
        const bits = await values.read(from >> 3, ((to + 7) >> 3) - (from >> 3));
        unpack(bits, from & 7, builder.flags, start, to - from);
        builder.length += to - from;
      };
    case 'none':
    case 'null':
      throw new Error('a column that cannot be read was asked for');
    default:
      return async (builder, from, to) => {
        const start = await begin(builder, from, to, present);
        await readNumbers(layout, values, builder, { from, to, start });
        builder.length += to - from;
      };
  }
}

type Presence = (builder: ColumnBuilder, from: number, to: number) => Promise<void>;

function presence(validity: Part | undefined): Presence {
  return async (builder, from, to) => {
    if (!validity) builder.present.fill(1, builder.length, builder.length + to - from);
    else {
      const bits = await validity.read(from >> 3, ((to + 7) >> 3) - (from >> 3));
      unpack(bits, from & 7, builder.present, builder.length, to - from);
    }
  };
}

async function begin(builder: ColumnBuilder, from: number, to: number, present: Presence): Promise<number> {
  builder.ensure(builder.length + to - from);
  await present(builder, from, to);
  return builder.length;
}

function unpack(bits: Uint8Array, skip: number, flags: Uint8Array, at: number, count: number): void {
  for (let i = 0, bit = skip; i < count; i++, bit++) flags[at + i] = (bits[bit >> 3]! >> (bit & 7)) & 1;
}

const readNulls: ColumnReader = async (builder, from, to) => {
  builder.ensure(builder.length + to - from);
  for (let row = from; row < to; row++) {
    builder.present[builder.length] = 0;
    builder.int32[builder.length + 1] = builder.int32[builder.length]!;
    builder.length++;
  }
};

function readTexts(offsets: Part, data: Part, width: 4 | 8, present: Presence): ColumnReader {
  return async (builder, from, to) => {
    const start = await begin(builder, from, to, present);
    const count = to - from + 1;
    const bytes = await offsets.read(from * width, count * width);
    const ends =
      width === 4 ? int32Values(bytes, count) : Float64Array.from(int64Values(bytes, count), Number);
    const first = ends[0]!;
    const size = ends[count - 1]! - first;
    if (size > textLimit)
      throw new RangeError(`more than ${textLimit / 2 ** 20} MB of text in ${to - from} rows`);
    const text = await data.read(first, size);
    for (let i = 0; i < count - 1; i++)
      if (ends[i + 1]! < ends[i]!) throw new RangeError('texts that end before they begin');
    builder.ensureText(size);
    const whole = isUtf8(text);
    for (let i = 0; i < count - 1; i++) {
      const at = ends[i]! - first;
      const end = ends[i + 1]! - first;
      if (!whole || (at < end && (text[at]! & 0xc0) === 0x80) || cuts(text, end))
        refuseText(text.subarray(at, end), from + i);
      const place = builder.int32[start + i]!;
      if (builder.present[start + i] === 0) builder.int32[start + i + 1] = place;
      else {
        if (end > at) builder.text.set(text.subarray(at, end), place);
        builder.int32[start + i + 1] = place + end - at;
      }
    }
    builder.length += to - from;
  };
}

/** Whether a character goes on past `end`. */
function cuts(text: Uint8Array, end: number): boolean {
  return end < text.length && (text[end]! & 0xc0) === 0x80;
}

function refuseText(bytes: Uint8Array, row: number): void {
  if (!isUtf8(bytes)) throw new ValueFault(row, 'a text that is not valid UTF-8');
}

/** Views of 16 bytes: length, then the text itself when it has at most 12 bytes, else prefix, buffer and offset. */
function readViews(views: Part, parts: readonly Part[], present: Presence): ColumnReader {
  return async (builder, from, to) => {
    const start = await begin(builder, from, to, present);
    const bytes = await views.read(from * 16, (to - from) * 16);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < to - from; i++) {
      const place = builder.int32[start + i]!;
      let text: Uint8Array = new Uint8Array();
      if (builder.present[start + i] === 1) {
        const length = view.getUint32(16 * i, true);
        if (length <= 12) text = bytes.subarray(16 * i + 4, 16 * i + 4 + length);
        else {
          const part = parts[view.getInt32(16 * i + 8, true)];
          if (!part || length > textLimit) throw new RangeError('a text lies in a buffer that is not there');
          text = await part.read(view.getInt32(16 * i + 12, true), length);
        }
        if (!isUtf8(text)) throw new ValueFault(from + i, 'a text that is not valid UTF-8');
      }
      growText(builder, place, text.length);
      builder.text.set(text, place);
      builder.int32[start + i + 1] = place + text.length;
    }
    builder.length += to - from;
  };
}

function growText(builder: ColumnBuilder, used: number, more: number): void {
  if (used + more <= builder.text.length) return;
  builder.ensureText(used + more - builder.int32[builder.length]!);
}

/** Values that are places in a dictionary. */
function readPlaces(
  words: ColumnBuilder,
  index: Layout & { readonly kind: 'integer' },
  places: Part,
  present: Presence,
): ColumnReader {
  return async (builder, from, to) => {
    const start = await begin(builder, from, to, present);
    // A later dictionary may have other values than the one the type was made of.
    const known = isOrdered(builder.type) ? 0 : Infinity;
    const bytes = await places.read(from * index.bytes, (to - from) * index.bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < to - from; i++) {
      const at = start + i;
      let word = builder.present[at] === 1 ? Number(readInteger(view, index, i)) : -1;
      if (builder.present[at] === 1 && !(word >= 0 && word < words.length))
        throw new ValueFault(from + i, `place ${word} in a dictionary of ${words.length}`);
      if (word >= 0 && words.present[word] === 0) {
        builder.present[at] = 0;
        word = -1;
      }
      if (word >= known && isOrdered(builder.type) && !isLevel(builder.type, String(cellOf(words, word))))
        throw new ValueFault(from + i, 'a category that is not in the first dictionary');
      copyValue(words, word, builder, at);
    }
    builder.length += to - from;
  };
}

function copyValue(words: ColumnBuilder, word: number, builder: ColumnBuilder, at: number): void {
  if (builder.isText) {
    const place = builder.int32[at]!;
    const from = word < 0 ? 0 : words.int32[word]!;
    const to = word < 0 ? 0 : words.int32[word + 1]!;
    growText(builder, place, to - from);
    builder.text.set(words.text.subarray(from, to), place);
    builder.int32[at + 1] = place + to - from;
  } else if (word < 0) return;
  else if (builder.type === 'bool') builder.flags[at] = words.flags[word]!;
  else if (builder.type === 'date') builder.int32[at] = words.int32[word]!;
  else if (isDecimal(builder.type)) writeWide(builder, at, wideValue(words.int64, word));
  else builder.int64[at] = words.int64[word]!;
}
