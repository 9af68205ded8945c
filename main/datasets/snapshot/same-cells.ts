import { isTextType } from '../../../preload/contract/column-types.ts';
import { int32Values, isPresent, valueBits, type Block } from './block.ts';

/** Whether the value in row `i` of one block is the value in row `j` of the other, bit for bit; missing equals missing. */
export type SameCells = (i: number, j: number) => boolean;

/** Compares blocks of one type. Their canonical bytes make equality a comparison of bytes. */
export function sameCells(a: Block, b: Block): SameCells {
  const values = sameValues(a, b);
  const { validity: ours } = a;
  const { validity: theirs } = b;
  if (!ours && !theirs) return values;
  return (i, j) => isPresent(ours, i) === isPresent(theirs, j) && values(i, j);
}

function sameValues(a: Block, b: Block): SameCells {
  if (a.type === 'bool') return (i, j) => isPresent(a.values, i) === isPresent(b.values, j);
  if (isTextType(a.type)) return sameTexts(a, b);
  const words = valueBits(a.type) / 32;
  const ours = int32Values(a.values, a.rows * words);
  const theirs = int32Values(b.values, b.rows * words);
  if (words === 1) return (i, j) => ours[i] === theirs[j];
  if (words === 2) return (i, j) => ours[2 * i] === theirs[2 * j] && ours[2 * i + 1] === theirs[2 * j + 1];
  return (i, j) => {
    for (let k = 0; k < words; k++) if (ours[words * i + k] !== theirs[words * j + k]) return false;
    return true;
  };
}

function sameTexts(a: Block, b: Block): SameCells {
  const ours = int32Values(a.values, a.rows + 1);
  const theirs = int32Values(b.values, b.rows + 1);
  const { text } = a;
  const { text: other } = b;
  return (i, j) => {
    const start = ours[i]!;
    const length = ours[i + 1]! - start;
    const from = theirs[j]!;
    if (theirs[j + 1]! - from !== length) return false;
    for (let k = 0; k < length; k++) if (text[start + k] !== other[from + k]) return false;
    return true;
  };
}
