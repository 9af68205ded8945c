export { decimalText } from '../../../preload/contract/decimals.ts';

/**
 * Decimals as whole numbers of units of their last place: 12.50 with two places is 1250n.
 */
const powers = Array.from({ length: 77 }, (_, i) => 10n ** BigInt(i));

/** 10 to the power of 0 to 76. */
export function powerOfTen(exponent: number): bigint {
  return powers[exponent]!;
}

/** The number of 128 bits in row `row` of pairs of halves, low first. */
export function wideValue(halves: BigInt64Array, row: number): bigint {
  return (halves[2 * row + 1]! << 64n) | BigInt.asUintN(64, halves[2 * row]!);
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** A written number in units; undefined when it is none, or has more places than `scale`. */
export function parseUnits(text: string, scale: number): bigint | undefined {
  const match = form.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole.length + fraction.length === 0) return undefined;
  const shift = scale - fraction.length + Number(exponent);
  const digits = BigInt(`${whole}${fraction}`);
  if (digits === 0n) return 0n;
  if (shift > 76 || shift < -whole.length - fraction.length) return undefined;
  const divisor = powerOfTen(Math.min(76, Math.max(0, -shift)));
  if (digits % divisor !== 0n) return undefined;
  const units = shift >= 0 ? digits * powerOfTen(shift) : digits / divisor;
  return sign === '-' ? -units : units;
}
