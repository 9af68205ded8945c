import { randomBytes } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** In [0, 1), 53 bits. */
  uniform(): number;
  /** An integer in [0, n), without modulo bias. */
  integer(n: number): number;
  /** Standard normal (Marsaglia's polar method, 1964). */
  normal(): number;
  /** Fisher-Yates, in place. */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T;
}

/** xoroshiro128+ (Blackman and Vigna 2018) by pure-rand. `seed` is a 32-bit integer. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  let spare: number | undefined;
  const uniform = (): number => uniformFloat64(generator);
  const integer = (n: number): number => uniformInt(generator, 0, n - 1);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const factor = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * factor;
          return u * factor;
        }
      }
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = values[i] ?? 0;
        values[i] = values[j] ?? 0;
        values[j] = held;
      }
      return values;
    },
  };
}

/** A new id: a prefix that tells what it names, and 80 random bits in base 32 (lower case, no vowels that spell words). */
export function createId(prefix: string): string {
  const alphabet = '0123456789bcdfghjkmnpqrstvwxyzae';
  let text = '';
  for (const byte of randomBytes(16)) text += alphabet[byte & 31] ?? '';
  return `${prefix}_${text}`;
}
