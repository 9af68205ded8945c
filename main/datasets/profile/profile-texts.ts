import type { ColumnProfile } from '../../../preload/contract/column-profile.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { int32Values, isPresent, type Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import { commonest } from './count-levels.ts';
import { dateFormOf } from './date-form.ts';

/** Different texts held at once: about 150 MB of memory. A column with more is read several times, a share of its texts each time. */
const heldTexts = 2 ** 21;
const heldBytes = 64 * 2 ** 20;
const mostShares = 256;
const topCount = 10;
/** Texts of each share that are looked at for dates. */
const sampled = 1000;

export interface TextOptions {
  readonly signal?: AbortSignal | undefined;
  /** Sees every block once, in order. */
  readonly watch?: (block: Block) => void;
  readonly held?: { readonly texts: number; readonly bytes: number };
}

type TextFacts = Pick<ColumnProfile, 'distinct' | 'lengths' | 'top' | 'likelyDate'>;

/** Texts counted exactly, however many there are. Lengths are in characters (code points). */
export async function profileTexts(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  { signal, watch, held = { texts: heldTexts, bytes: heldBytes } }: TextOptions = {},
): Promise<TextFacts> {
  let watched = 0;
  for (let shares = 1; ;) {
    const found: Share[] = [];
    let rowsRead = rows;
    while (found.length < shares && rowsRead === rows) {
      const counter = new Counter(found.length, shares, shares < mostShares ? held : undefined);
      rowsRead = 0;
      for await (const block of readBlocks(reader, column, signal)) {
        if (watched === rowsRead) {
          watch?.(block);
          watched += block.rows;
        }
        if (!counter.count(block)) break;
        rowsRead += block.rows;
      }
      if (rowsRead === rows) found.push(counter.facts());
    }
    if (found.length === shares) return joined(found);
    // As many as the rows that fitted ask for, and one half more.
    while (shares < mostShares) {
      shares *= 2;
      if (shares * rowsRead >= 1.5 * rows) break;
    }
  }
}

/** What the texts of one share say. */
interface Share {
  readonly distinct: number;
  readonly rows: number;
  readonly least: number;
  readonly greatest: number;
  readonly characters: number;
  readonly empty: number;
  readonly top: readonly { readonly value: Uint8Array; readonly count: number }[];
  readonly sample: readonly Uint8Array[];
}

class Counter {
  readonly #texts: TextDictionary;
  readonly #held: { readonly texts: number; readonly bytes: number } | undefined;
  #counts = new Int32Array(1024);

  constructor(share: number, shares: number, held: { texts: number; bytes: number } | undefined) {
    this.#texts = new TextDictionary(share, shares);
    this.#held = held;
  }

  /** False when there are too many texts to be held at once. */
  count({ values, rows, validity, text }: Block): boolean {
    const texts = this.#texts;
    const offsets = int32Values(values, rows + 1);
    let counts = this.#counts;
    for (let row = 0; row < rows; row++) {
      if (validity !== undefined && !isPresent(validity, row)) continue;
      const code = texts.add(text, offsets[row]!, offsets[row + 1]!);
      if (code < 0) continue;
      if (code >= counts.length) {
        const larger = new Int32Array(counts.length * 2);
        larger.set(counts);
        this.#counts = counts = larger;
      }
      counts[code] = counts[code]! + 1;
    }
    const held = this.#held;
    return !held || (texts.size <= held.texts && texts.byteLength <= held.bytes);
  }

  facts(): Share {
    const texts = this.#texts;
    const counts = this.#counts.subarray(0, texts.size);
    let rows = 0;
    let least = Infinity;
    let greatest = 0;
    let characters = 0;
    let empty = 0;
    for (let code = 0; code < texts.size; code++) {
      const length = charactersIn(texts.text(code));
      const count = counts[code]!;
      rows += count;
      characters += length * count;
      if (length < least) least = length;
      if (length > greatest) greatest = length;
      if (length === 0) empty = count;
    }
    const before = (a: number, b: number): boolean => Buffer.compare(texts.text(a), texts.text(b)) < 0;
    const top = commonest(counts, topCount, before);
    const step = Math.max(1, Math.ceil(texts.size / sampled));
    const sample = Array.from({ length: Math.ceil(texts.size / step) }, (_, i) => texts.text(i * step));
    return {
      distinct: texts.size,
      rows,
      least,
      greatest,
      characters,
      empty,
      top: top.map((code) => ({ value: texts.text(code).slice(), count: counts[code]! })),
      sample: sample.map((bytes) => bytes.slice()),
    };
  }
}

/** Bytes that begin a character: all but 10xxxxxx. */
function charactersIn(bytes: Uint8Array): number {
  let characters = 0;
  for (let i = 0; i < bytes.length; i++) if ((bytes[i]! & 0xc0) !== 0x80) characters++;
  return characters;
}

function joined(shares: readonly Share[]): TextFacts {
  const sum = (of: (share: Share) => number): number => shares.reduce((total, share) => total + of(share), 0);
  const rows = sum((share) => share.rows);
  const decoder = new TextDecoder();
  return {
    distinct: sum((share) => share.distinct),
    lengths:
      rows === 0
        ? null
        : {
            min: Math.min(...shares.map(({ least }) => least)),
            max: Math.max(...shares.map(({ greatest }) => greatest)),
            mean: sum((share) => share.characters) / rows,
            empty: sum((share) => share.empty),
          },
    top: shares
      .flatMap(({ top }) => top)
      .toSorted((a, b) => b.count - a.count || Buffer.compare(a.value, b.value))
      .slice(0, topCount)
      .map(({ value, count }) => ({ value: decoder.decode(value), count })),
    likelyDate: dateFormOf(shares.flatMap(({ sample }) => sample)),
  };
}
