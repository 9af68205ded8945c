import { fieldForm, type RecordBatch } from './records.ts';

/** Texts that mean a missing value. An empty field always does, unless it is a quoted one in a text column. */
export interface NullTokens {
  readonly tokens: readonly string[];
  /** 1 for every byte that a token starts with: most fields are told apart by it alone. */
  readonly firsts: Uint8Array;
  has(bytes: Uint8Array, start: number, end: number): boolean;
}

export function createNullTokens(tokens: readonly string[]): NullTokens {
  const encoded = tokens.filter((token) => token !== '').map((token) => new TextEncoder().encode(token));
  const firsts = new Uint8Array(256);
  for (const token of encoded) firsts[token[0]!] = 1;
  return {
    tokens,
    firsts,
    has: (bytes, start, end) =>
      encoded.some(
        (token) => token.length === end - start && token.every((byte, i) => byte === bytes[start + i]),
      ),
  };
}

/** Whether a field of a text column is missing: only unquoted texts can be. */
export function isMissingText(batch: RecordBatch, index: number, nulls: NullTokens): boolean {
  const start = batch.starts[index]!;
  const end = batch.ends[index]!;
  if (batch.quotes && batch.forms[index] !== fieldForm.plain) return false;
  return start === end || (nulls.firsts[batch.bytes[start]!] === 1 && nulls.has(batch.bytes, start, end));
}

/** Whether a field of any other column is missing: quoted or not, there is no empty number. */
export function isMissing(batch: RecordBatch, index: number, nulls: NullTokens): boolean {
  const start = batch.starts[index]!;
  const end = batch.ends[index]!;
  return start === end || (nulls.firsts[batch.bytes[start]!] === 1 && nulls.has(batch.bytes, start, end));
}
