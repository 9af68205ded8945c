import { int32Values, isPresent, valueBits, type Block } from './block.ts';

/** Two hashes of 32 bits for each row, to recognise rows by; what they suggest is compared value by value afterwards. */
export interface RowHashes {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

export function createRowHashes(rows: number): RowHashes {
  return { first: new Int32Array(rows), second: new Int32Array(rows) };
}

const missing = 0x5bd1e995;

/** Mixes a column's values into the hashes of its rows, the block's first row being row `at`. */
export function addToRowHashes({ first, second }: RowHashes, block: Block, at: number): void {
  const add = (row: number, low: number, high: number): void => {
    const a = Math.imul(first[row]! ^ low, 0x9e3779b1) + high;
    first[row] = a ^ (a >>> 15);
    const b = Math.imul(second[row]! ^ high, 0x85ebca6b) + Math.imul(low, 0xc2b2ae35);
    second[row] = b ^ (b >>> 13);
  };
  const { rows, validity } = block;
  const offer = valueHashes(block);
  for (let row = 0; row < rows; row++) {
    if (isPresent(validity, row)) offer(row, at + row, add);
    else add(at + row, missing, missing);
  }
}

type Take = (row: number, low: number, high: number) => void;

/** Gives two hashes of the value in a row to `take`, under another number of the row. */
function valueHashes(block: Block): (row: number, as: number, take: Take) => void {
  if (block.type === 'utf8') return textHashes(block);
  if (block.type === 'bool')
    return (row, as, take) => take(as, isPresent(block.values, row) ? 0x2545f491 : 0x1b873593, 1);
  const words = int32Values(block.values, (block.rows * valueBits[block.type]) / 32);
  if (valueBits[block.type] === 32) return (row, as, take) => take(as, scatter(words[row]!), 2);
  return (row, as, take) => take(as, scatter(words[2 * row]!), scatter(words[2 * row + 1]!));
}

function textHashes(block: Block): (row: number, as: number, take: Take) => void {
  const offsets = int32Values(block.values, block.rows + 1);
  const { text } = block;
  return (row, as, take) => {
    let low = 0x811c9dc5 | 0;
    let high = 0;
    for (let i = offsets[row]!, end = offsets[row + 1]!; i < end; i++) {
      low = Math.imul(low ^ text[i]!, 0x01000193);
      high = Math.imul(high + text[i]!, 0x2c1b3c6d) + (high >>> 17);
    }
    take(as, low ^ (low >>> 15), high);
  };
}

function scatter(word: number): number {
  const mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
