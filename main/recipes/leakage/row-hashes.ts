import { columnLength, type RawColumn } from '../columns.ts';

/** 53 bits per row over the given columns: rows that are alike have the same. `how` says what counts as alike. */
export function rowHashes(columns: readonly RawColumn[], how: 'exact' | 'near'): Float64Array {
  const rows = columns[0] ? columnLength(columns[0]) : 0;
  const high = new Int32Array(rows).fill(0x2c1b3c6d);
  const low = new Int32Array(rows).fill(0x297a2d39);
  const number = new Float64Array(1);
  const halves = new Int32Array(number.buffer);
  columns.forEach((column, index) => {
    const levels = column.kind === 'category' ? levelHashes(column.levels, how) : undefined;
    for (let row = 0; row < rows; row++) {
      let a = index;
      let b = 0x51;
      if (column.kind === 'number') {
        const value = column.values[row]!;
        // Zero has two bit patterns and NaN many.
        number[0] = Number.isNaN(value) ? 0.123456789 : (how === 'exact' ? value : rounded(value)) + 0;
        a ^= halves[0]!;
        b ^= halves[1]!;
      } else {
        const code = column.codes[row]!;
        a ^= code < 0 ? 0x7f4a7c15 : levels![code]!;
      }
      high[row] = mix(high[row]! ^ a, b);
      low[row] = mix(low[row]! ^ b, a ^ 0x5bd1e995);
    }
  });
  return Float64Array.from(high, (value, row) => (value >>> 5) * 67_108_864 + (low[row]! >>> 6));
}

/** Three significant digits. */
function rounded(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const scale = 10 ** (2 - Math.floor(Math.log10(Math.abs(value))));
  return Math.round(value * scale) / scale;
}

function levelHashes(levels: readonly string[], how: 'exact' | 'near'): Int32Array {
  return Int32Array.from(levels, (level) => {
    const text =
      how === 'exact'
        ? level
        : level
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
            .trim();
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash;
  });
}

/** The finaliser of MurmurHash3 (Appleby, public domain) over both words. */
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b >>> 15), 0x85ebca6b) ^ b;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
