/**
 * Reading numbers from bytes, exactly: a text is either wholly a value of the type or it isn't, nothing is rounded to fit,
 * cut off, or guessed. (DuckDB's reader, for one, takes 4.7 as the whole number 5, 1_000 as 1000, 1e400 as infinity, and
 * drops the zone of a time; it is the oracle of the tests where the two agree.) Spaces and tabs around a value are allowed.
 */

const zero = 48;
const nine = 57;
const minus = 45;
const plus = 43;
const exactLimit = 2 ** 53;

/** 10 to the 0 ... 22, all exact in a double. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/**
 * A decimal number, correctly rounded. `point` is the decimal mark's byte. NaN when the text isn't a finite number:
 * ask `isSpecialNumber` then.
 * The short way is exact: an integer below 2^53 divided by an exact power of ten is rounded once (Clinger 1990).
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, point: number): number {
  let at = start;
  let byte = bytes[at]!;
  const negative = byte === minus;
  if (negative || byte === plus) at++;
  const first = at;
  let mantissa = 0;
  let fraction = -1;
  for (; at < end; at++) {
    byte = bytes[at]!;
    if (byte >= zero && byte <= nine) mantissa = mantissa * 10 + (byte - zero);
    else if (byte === point && fraction < 0) fraction = at;
    else return parseDecimalSlowly(bytes, start, end, point);
  }
  const decimals = fraction < 0 ? 0 : end - 1 - fraction;
  if (at === first || (fraction >= 0 && at === first + 1)) return Number.NaN;
  if (mantissa >= exactLimit || decimals > 22) return parseDecimalSlowly(bytes, start, end, point);
  const value = decimals === 0 ? mantissa : mantissa / powersOfTen[decimals]!;
  return negative ? -value : value;
}

const decimalForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function parseDecimalSlowly(bytes: Uint8Array, start: number, end: number, point: number): number {
  if (end - start > 1000) return Number.NaN;
  let text = asciiText(bytes, start, end);
  if (point === 44) {
    if (text.includes('.')) return Number.NaN;
    text = text.replace(',', '.');
  }
  if (!decimalForm.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

const specialForm = /^(?:([+-]?)(inf|infinity)|nan)$/i;

/** NaN and the infinities when they are spelled out; undefined for any other text. */
export function specialNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > 20) return undefined;
  const match = specialForm.exec(asciiText(bytes, start, end));
  if (!match) return undefined;
  if (match[2] === undefined) return Number.NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}

/** A whole number of at most 15 digits; NaN for anything else: ask `parseWholeSlowly` then. */
export function parseWhole(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let byte = bytes[at]!;
  const negative = byte === minus;
  if (negative || byte === plus) at++;
  if (at === end || end - at > 15) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    byte = bytes[at]!;
    if (byte < zero || byte > nine) return Number.NaN;
    value = value * 10 + (byte - zero);
  }
  return negative ? 0 - value : value;
}

const wholeForm = /^[+-]?\d+$/;
const int64Limit = 2n ** 63n;

/** Any whole number in 64 bits; `null` when it is one but too large; undefined when it isn't one. */
export function parseWholeSlowly(bytes: Uint8Array, start: number, end: number): bigint | null | undefined {
  if (end - start > 1000) return undefined;
  const text = asciiText(bytes, start, end);
  if (!wholeForm.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= -int64Limit && value < int64Limit ? value : null;
}

/** Written with a zero that a number doesn't need: 007, -01. Such texts are codes rather than numbers. */
export function hasLeadingZero(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && isSpace(bytes[at]!)) at++;
  if (bytes[at] === minus || bytes[at] === plus) at++;
  const next = bytes[at + 1]!;
  return bytes[at] === zero && at + 1 < end && next >= zero && next <= nine;
}

const truths: Readonly<Record<string, 0 | 1>> = {
  true: 1,
  t: 1,
  yes: 1,
  y: 1,
  1: 1,
  false: 0,
  f: 0,
  no: 0,
  n: 0,
  0: 0,
};

/** 1, 0, or -1 when the text is neither. true/false, t/f, yes/no, y/n, 1/0 in any case. */
export function parseTruth(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 12) return -1;
  const text = asciiText(bytes, start, end).toLowerCase();
  return Object.hasOwn(truths, text) ? truths[text]! : -1;
}

/** true or false spelled out: what a column must hold to be taken for bool unasked. */
export function isPlainTruth(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 12 && /^(?:true|false)$/i.test(asciiText(bytes, start, end));
}

/** Bytes as text without the spaces and tabs around it; bytes above 127 come out as other characters, never as digits. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from]!)) from++;
  while (to > from && isSpace(bytes[to - 1]!)) to--;
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9;
}
