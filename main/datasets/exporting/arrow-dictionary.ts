import { isOrdered, orderedLevels, type TextType } from '../../../preload/contract/column-types.ts';
import { encodeColumns, type BatchColumn, type EncodedBatch } from '../arrow/stream.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { int32Values, isPresent, type Block } from '../snapshot/block.ts';

/**
 * The levels of a categorical column as an Arrow dictionary that grows with the batches: first all levels of an ordered one, else those
 * of the first batch, and then what is new in each batch as a delta.
 */
export class ArrowDictionary {
  readonly #id: number;
  readonly #levels = new TextDictionary();
  #written: number | undefined;

  constructor(id: number, type: TextType) {
    this.#id = id;
    const encoder = new TextEncoder();
    for (const level of isOrdered(type) ? orderedLevels(type) : []) {
      const bytes = encoder.encode(level);
      this.#levels.add(bytes, 0, bytes.length);
    }
  }

  /** The column as places in the dictionary. */
  encode({ rows, nulls, validity, values, text }: Block): BatchColumn {
    const offsets = int32Values(values, rows + 1);
    const places = new Int32Array(rows);
    for (let row = 0; row < rows; row++)
      if (isPresent(validity, row)) places[row] = this.#levels.add(text, offsets[row]!, offsets[row + 1]!);
    return { nulls, buffers: [validity ?? new Uint8Array(), new Uint8Array(places.buffer)] };
  }

  /** The levels that no message has told yet; undefined when there are none (the first is always told, even without levels). */
  news(): EncodedBatch | undefined {
    const from = this.#written ?? 0;
    const { size } = this.#levels;
    if (this.#written === size) return undefined;
    const texts = Array.from({ length: size - from }, (_, i) => this.#levels.text(from + i));
    const offsets = new Int32Array(texts.length + 1);
    texts.forEach((text, i) => (offsets[i + 1] = offsets[i]! + text.length));
    const isDelta = this.#written !== undefined;
    this.#written = size;
    const column = {
      nulls: 0,
      buffers: [new Uint8Array(), new Uint8Array(offsets.buffer), Buffer.concat(texts)],
    };
    return encodeColumns([column], texts.length, { id: this.#id, isDelta });
  }
}
