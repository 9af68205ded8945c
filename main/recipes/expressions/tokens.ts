/** A piece of an expression; `at` is the place of its first character, from 1. */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  /** A name in backticks: always a column. */
  | { readonly kind: 'column'; readonly value: string; readonly at: number }
  | { readonly kind: 'word'; readonly value: string; readonly at: number }
  | { readonly kind: 'sign'; readonly value: string; readonly at: number }
  | { readonly kind: 'end'; readonly value: ''; readonly at: number };

/** What is wrong with an expression, and at which character (from 1). */
export class ExpressionError extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const mostCharacters = 10_000;

const pattern =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{M}\p{N}_]*)|(?<sign><>|!=|<=|>=|==|\|\||[-+*/%^()=<>,])/iuy;

/** Splits an expression. Throws ExpressionError for what is no part of the language. */
export function readTokens(source: string): Token[] {
  if (source.length > mostCharacters) {
    throw new ExpressionError(mostCharacters, `an expression has at most ${mostCharacters} characters`);
  }
  const tokens: Token[] = [];
  for (let from = 0; from < source.length;) {
    const at = from + 1;
    const first = source[from] ?? '';
    if (first === "'" || first === '"' || first === '`') {
      const { value, end } = quoted(source, from, first);
      tokens.push({ kind: first === '`' ? 'column' : 'text', value, at });
      from = end;
      continue;
    }
    pattern.lastIndex = from;
    const groups = pattern.exec(source)?.groups;
    if (!groups) {
      const character = String.fromCodePoint(source.codePointAt(from) ?? 0);
      throw new ExpressionError(at, `"${character}" means nothing here`);
    }
    const { number, word, sign } = groups;
    if (number !== undefined) {
      const value = Number(number);
      if (!Number.isFinite(value)) throw new ExpressionError(at, `${number} is too large for a number`);
      tokens.push({ kind: 'number', value, at });
    } else if (word !== undefined) tokens.push({ kind: 'word', value: word, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, at });
    from = pattern.lastIndex;
  }
  return [...tokens, { kind: 'end', value: '', at: source.length + 1 }];
}

/** From a quote to its twin; the quote itself is written twice within. */
function quoted(source: string, from: number, quote: string): { value: string; end: number } {
  let value = '';
  for (let at = from + 1; at < source.length; at++) {
    const character = source[at] ?? '';
    if (character !== quote) value += character;
    else if (source[at + 1] === quote) {
      value += quote;
      at++;
    } else return { value, end: at + 1 };
  }
  throw new ExpressionError(from + 1, `the ${quote} that begins here has no end`);
}
