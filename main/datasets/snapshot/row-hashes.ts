import { isTextType } from '../../../preload/contract/column-types.ts';
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

/** Mixes a column's values into the hashes of its rows, the block's first row being row `at`. One loop per kind of value, which is quicker. */
export function addToRowHashes(hashes: RowHashes, block: Block, at: number): void {
  if (isTextType(block.type)) addTexts(hashes, block, at);
  else if (block.type === 'bool') addTruths(hashes, block, at);
  else if (valueBits(block.type) === 32) addHalves(hashes, block, at);
  else if (valueBits(block.type) === 128) addWide(hashes, block, at);
  else addWords(hashes, block, at);
}

function addWords(hashes: RowHashes, { rows, validity, values }: Block, at: number): void {
  const words = int32Values(values, 2 * rows);
  for (let row = 0; row < rows; row++) {
    if (validity !== undefined && !isPresent(validity, row)) mix(hashes, at + row, missing, missing);
    else mix(hashes, at + row, scatter(words[2 * row]!), scatter(words[2 * row + 1]!));
  }
}

function addWide(hashes: RowHashes, { rows, validity, values }: Block, at: number): void {
  const words = int32Values(values, 4 * rows);
  for (let row = 0; row < rows; row++) {
    if (validity !== undefined && !isPresent(validity, row)) mix(hashes, at + row, missing, missing);
    else {
      mix(hashes, at + row, scatter(words[4 * row]!), scatter(words[4 * row + 1]!));
      mix(hashes, at + row, scatter(words[4 * row + 2]!), scatter(words[4 * row + 3]!));
    }
  }
}

function addHalves(hashes: RowHashes, { rows, validity, values }: Block, at: number): void {
  const words = int32Values(values, rows);
  for (let row = 0; row < rows; row++) {
    if (validity !== undefined && !isPresent(validity, row)) mix(hashes, at + row, missing, missing);
    else mix(hashes, at + row, scatter(words[row]!), 2);
  }
}

function addTruths(hashes: RowHashes, { rows, validity, values }: Block, at: number): void {
  for (let row = 0; row < rows; row++) {
    if (!isPresent(validity, row)) mix(hashes, at + row, missing, missing);
    else mix(hashes, at + row, isPresent(values, row) ? 0x2545f491 : 0x1b873593, 1);
  }
}

function addTexts(hashes: RowHashes, { rows, validity, values, text }: Block, at: number): void {
  const offsets = int32Values(values, rows + 1);
  for (let row = 0; row < rows; row++) {
    if (validity !== undefined && !isPresent(validity, row)) {
      mix(hashes, at + row, missing, missing);
      continue;
    }
    let low = 0x811c9dc5 | 0;
    let high = 0;
    for (let i = offsets[row]!, end = offsets[row + 1]!; i < end; i++) {
      low = Math.imul(low ^ text[i]!, 0x01000193);
      high = (Math.imul(high + text[i]!, 0x2c1b3c6d) + (high >>> 17)) | 0;
    }
    mix(hashes, at + row, low ^ (low >>> 15), high);
  }
}

function mix({ first, second }: RowHashes, row: number, low: number, high: number): void {
  const a = (Math.imul(first[row]! ^ low, 0x9e3779b1) + high) | 0;
  first[row] = a ^ (a >>> 15);
  const b = (Math.imul(second[row]! ^ high, 0x85ebca6b) + Math.imul(low, 0xc2b2ae35)) | 0;
  second[row] = b ^ (b >>> 13);
}

function scatter(word: number): number {
  const mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
