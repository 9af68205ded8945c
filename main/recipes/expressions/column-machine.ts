import type { Machine } from './machine.ts';

/** A number for each row, or one for all. */
export type Numbers = number | Float64Array;

/** A text for each row as codes (-1 is missing), or one for all ('' is missing). */
export type Texts = string | { readonly levels: readonly string[]; readonly codes: Int32Array };

/** Works expressions out over whole columns of `rows` values. Changes nothing it is given. */
export function columnMachine(rows: number): Machine<Numbers, Texts> {
  const map1 = (a: Numbers, work: (a: number) => number): Numbers =>
    typeof a === 'number' ? work(a) : a.map(work);
  const map2 = (a: Numbers, b: Numbers, work: (a: number, b: number) => number): Numbers => {
    if (typeof a === 'number' && typeof b === 'number') return work(a, b);
    const result = new Float64Array(rows);
    if (typeof a === 'number') for (let i = 0; i < rows; i++) result[i] = work(a, (b as Float64Array)[i]!);
    else if (typeof b === 'number') for (let i = 0; i < rows; i++) result[i] = work(a[i]!, b);
    else for (let i = 0; i < rows; i++) result[i] = work(a[i]!, b[i]!);
    return result;
  };
  const at = (a: Numbers, row: number): number => (typeof a === 'number' ? a : a[row]!);
  const textAt = (a: Texts, row: number): string =>
    typeof a === 'string' ? a : (a.levels[a.codes[row]!] ?? '');

  /** `of` is asked for every pair of texts that occurs, once. */
  const pairs = <Result>(
    a: Texts,
    b: Texts,
    of: (a: string, b: string) => Result,
  ): ((row: number) => Result) => {
    const known = new Map<number, Result>();
    const width = typeof b === 'string' ? 1 : b.levels.length + 1;
    return (row) => {
      const key =
        (typeof a === 'string' ? 0 : a.codes[row]! + 1) * width +
        (typeof b === 'string' ? 0 : b.codes[row]! + 1);
      const before = known.get(key);
      if (before !== undefined) return before;
      const result = of(textAt(a, row), textAt(b, row));
      known.set(key, result);
      return result;
    };
  };
  const fromTexts = (textOf: (row: number) => string): Texts => {
    const codeOf = new Map<string, number>();
    const codes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const text = textOf(row);
      let code = text === '' ? -1 : codeOf.get(text);
      if (code === undefined) codeOf.set(text, (code = codeOf.size));
      codes[row] = code;
    }
    return { levels: [...codeOf.keys()], codes };
  };
  const measure = (text: Texts, work: (text: string) => number, missing: number): Numbers => {
    if (typeof text === 'string') return text === '' ? missing : work(text);
    const { levels, codes } = text;
    const ofLevel = Float64Array.from(levels, work);
    return Float64Array.from(codes, (code) => (code < 0 ? missing : ofLevel[code]!));
  };

  return {
    number: (value) => value,
    text: (value) => value,
    arithmetic: (sign, a, b) => map2(a, b, arithmetic[sign]),
    unary: (name, a) => map1(a, unary[name]),
    compare: (sign, a, b) => map2(a, b, comparisons[sign]),
    isNaN: (a) => map1(a, (value) => Number(Number.isNaN(value))),
    choose: (mask, yes, no) => {
      if (typeof mask === 'number') return mask === 1 ? yes : no;
      return Float64Array.from(mask, (one, row) => (one === 1 ? at(yes, row) : at(no, row)));
    },
    chooseText: (mask, yes, no) => {
      if (typeof mask === 'number') return mask === 1 ? yes : no;
      return fromTexts((row) => (mask[row] === 1 ? textAt(yes, row) : textAt(no, row)));
    },
    match: (text, table, other) => measure(text, (one) => table.get(one) ?? other, table.get('') ?? other),
    free: {
      map: (text, work) => {
        if (typeof text === 'string') return text === '' ? '' : work(text);
        const ofLevel = text.levels.map(work);
        return fromTexts((row) => ofLevel[text.codes[row]!] ?? '');
      },
      measure: (text, work) => measure(text, work, Number.NaN),
      concat: (a, b) => {
        if (typeof a === 'string' && typeof b === 'string') return joined(a, b);
        return fromTexts(pairs(a, b, joined));
      },
      same: (a, b) => {
        if (typeof a === 'string' && typeof b === 'string') return Number(a === b);
        const same = pairs(a, b, (one, other) => Number(one === other));
        return Float64Array.from({ length: rows }, (_, row) => same(row));
      },
    },
  };
}

const joined = (a: string, b: string) => (a === '' || b === '' ? '' : a + b);

const arithmetic = {
  Add: (a: number, b: number) => a + b,
  Sub: (a: number, b: number) => a - b,
  Mul: (a: number, b: number) => a * b,
  Div: (a: number, b: number) => a / b,
  Pow: (a: number, b: number) => a ** b,
};

const unary = {
  Floor: Math.floor,
  Ceil: Math.ceil,
  Abs: Math.abs,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
};

const comparisons = {
  Equal: (a: number, b: number) => Number(a === b),
  Less: (a: number, b: number) => Number(a < b),
  LessOrEqual: (a: number, b: number) => Number(a <= b),
};
