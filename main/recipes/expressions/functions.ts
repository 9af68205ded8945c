import type { Comparison, Machine, Unary } from './machine.ts';
import { momentPart, type MomentPart } from './moments.ts';
import {
  finite,
  numbersOf,
  textMissing,
  textsOf,
  unlessMissing,
  type Args,
  type Value,
  type ValueType,
} from './values.ts';

/** A literal must stand there, so that it is known before there are rows. */
type Wanted = ValueType | 'text literal' | 'number literal';

/** A function or sign with arguments of fixed types; those that take any type are in check.ts. */
export interface ExpressionFunction {
  readonly args: readonly Wanted[];
  /** From this one on they may be left out. */
  readonly needed?: number;
  /** The last may be repeated. */
  readonly more?: true;
  readonly result: ValueType;
  /** Makes or looks into texts in ways that a graph can't. */
  readonly free?: true;
  run<N, T>(machine: Machine<N, T>, args: Args<N, T>, literals: readonly (string | number)[]): Value<N, T>;
}

function numbers<N, T>(value: N): Value<N, T> {
  return { kind: 'number', numbers: value };
}

function arithmetic(sign: 'Add' | 'Sub' | 'Mul' | 'Div' | 'Pow'): ExpressionFunction {
  return {
    args: ['number', 'number'],
    result: 'number',
    run: (m, args) => numbers(finite(m, m.arithmetic(sign, numbersOf(args, 0), numbersOf(args, 1)))),
  };
}

function unary(name: Unary): ExpressionFunction {
  return {
    args: ['number'],
    result: 'number',
    run: (m, args) => numbers(finite(m, m.unary(name, numbersOf(args, 0)))),
  };
}

function comparison(sign: Comparison, turned: boolean): ExpressionFunction {
  return {
    args: ['number', 'number'],
    result: 'logic',
    run: (m, args) => {
      const [a, b] = [numbersOf(args, 0), numbersOf(args, 1)];
      return numbers(unlessMissing(m, turned ? m.compare(sign, b, a) : m.compare(sign, a, b), a, b));
    },
  };
}

/** The smaller or larger of all; missing where one is. */
function extreme(which: 'min' | 'max'): ExpressionFunction {
  return {
    args: ['number', 'number'],
    more: true,
    result: 'number',
    run: (m, args) => {
      const all = args.map((_, at) => numbersOf(args, at));
      const [first = m.number(Number.NaN), ...rest] = all;
      const best = rest.reduce(
        (a, b) => m.choose(which === 'min' ? m.compare('Less', b, a) : m.compare('Less', a, b), b, a),
        first,
      );
      return numbers(unlessMissing(m, best, ...all));
    },
  };
}

function moment(part: MomentPart): ExpressionFunction {
  return {
    args: ['number'],
    result: 'number',
    run: (m, args) => numbers(momentPart(m, part, numbersOf(args, 0))),
  };
}

function changed(
  work: (text: string, literals: readonly (string | number)[]) => string,
  args: readonly Wanted[] = ['text'],
): ExpressionFunction {
  return {
    args,
    result: 'text',
    free: true,
    run: (m, values, literals) => ({
      kind: 'text',
      texts: m.free!.map(textsOf(values, 0), (text) => work(text, literals)),
    }),
  };
}

function measured(
  result: 'number' | 'logic',
  work: (text: string, literals: readonly (string | number)[]) => number,
  args: readonly Wanted[] = ['text'],
): ExpressionFunction {
  return {
    args,
    result,
    free: true,
    run: (m, values, literals) =>
      numbers(m.free!.measure(textsOf(values, 0), (text) => work(text, literals))),
  };
}

const asks = (work: (text: string, part: string) => boolean) =>
  measured('logic', (text, [part]) => Number(work(text, String(part))), ['text', 'text literal']);

/** Characters as people count them, not halves of surrogate pairs. */
const letters = (text: string) => Array.from(text);

function written(text: string): number {
  const trimmed = text.trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Every function and sign by name, but for those of any type. */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  '+': arithmetic('Add'),
  '-': arithmetic('Sub'),
  '*': arithmetic('Mul'),
  '/': arithmetic('Div'),
  '^': arithmetic('Pow'),
  '%': {
    args: ['number', 'number'],
    result: 'number',
    run: (m, args) => {
      const [a, b] = [numbersOf(args, 0), numbersOf(args, 1)];
      const times = m.unary('Floor', m.arithmetic('Div', a, b));
      return numbers(finite(m, m.arithmetic('Sub', a, m.arithmetic('Mul', b, times))));
    },
  },
  negate: {
    args: ['number'],
    result: 'number',
    run: (m, args) => numbers(m.arithmetic('Sub', m.number(0), numbersOf(args, 0))),
  },
  '<': comparison('Less', false),
  '<=': comparison('LessOrEqual', false),
  '>': comparison('Less', true),
  '>=': comparison('LessOrEqual', true),
  // Three-valued, as in SQL: false and missing is false, true and missing is missing.
  and: {
    args: ['logic', 'logic'],
    result: 'logic',
    run: (m, args) => {
      const [a, b, zero] = [numbersOf(args, 0), numbersOf(args, 1), m.number(0)];
      const rest = m.choose(m.compare('Equal', b, zero), zero, m.arithmetic('Mul', a, b));
      return numbers(m.choose(m.compare('Equal', a, zero), zero, rest));
    },
  },
  or: {
    args: ['logic', 'logic'],
    result: 'logic',
    run: (m, args) => {
      const [a, b, one] = [numbersOf(args, 0), numbersOf(args, 1), m.number(1)];
      const rest = m.choose(m.compare('Equal', b, one), one, m.arithmetic('Add', a, b));
      return numbers(m.choose(m.compare('Equal', a, one), one, rest));
    },
  },
  not: {
    args: ['logic'],
    result: 'logic',
    run: (m, args) => numbers(m.arithmetic('Sub', m.number(1), numbersOf(args, 0))),
  },
  abs: unary('Abs'),
  floor: unary('Floor'),
  ceil: unary('Ceil'),
  sqrt: unary('Sqrt'),
  exp: unary('Exp'),
  ln: unary('Log'),
  round: {
    args: ['number', 'number literal'],
    needed: 1,
    result: 'number',
    run: (m, args, [digits = 0]) => {
      const scale = m.number(10 ** Number(digits));
      const scaled = m.arithmetic('Mul', numbersOf(args, 0), scale);
      const rounded = m.unary('Floor', m.arithmetic('Add', scaled, m.number(0.5)));
      return numbers(finite(m, m.arithmetic('Div', rounded, scale)));
    },
  },
  min: extreme('min'),
  max: extreme('max'),
  year: moment('year'),
  quarter: moment('quarter'),
  month: moment('month'),
  day: moment('day'),
  weekday: moment('weekday'),
  day_of_year: moment('day_of_year'),
  hour: moment('hour'),
  minute: moment('minute'),
  lower: changed((text) => text.toLowerCase()),
  upper: changed((text) => text.toUpperCase()),
  trim: changed((text) => text.trim()),
  left: changed(
    (text, [count]) => letters(text).slice(0, Number(count)).join(''),
    ['text', 'number literal'],
  ),
  right: changed(
    (text, [count]) =>
      letters(text)
        .slice(Math.max(0, letters(text).length - Number(count)))
        .join(''),
    ['text', 'number literal'],
  ),
  substring: changed(
    (text, [from, count]) =>
      letters(text)
        .slice(Number(from) - 1, Number(from) - 1 + Number(count))
        .join(''),
    ['text', 'number literal', 'number literal'],
  ),
  replace: changed(
    (text, [old, fresh]) => (old === '' ? text : text.replaceAll(String(old), () => String(fresh))),
    ['text', 'text literal', 'text literal'],
  ),
  '||': {
    args: ['text', 'text'],
    result: 'text',
    free: true,
    run: (m, args) => ({ kind: 'text', texts: m.free!.concat(textsOf(args, 0), textsOf(args, 1)) }),
  },
  length: measured('number', (text) => letters(text).length),
  number: measured('number', written),
  contains: asks((text, part) => text.includes(part)),
  starts_with: asks((text, part) => text.startsWith(part)),
  ends_with: asks((text, part) => text.endsWith(part)),
};

/** `text in ("a", "b")` or `text = "a"`: in a graph too. */
export function oneOf<N, T>(machine: Machine<N, T>, text: T, wanted: readonly string[]): Value<N, T> {
  const table = new Map<string, number>([
    ['', Number.NaN],
    ...wanted.map((one): [string, number] => [one, 1]),
  ]);
  return numbers(machine.match(text, table, 0));
}

export function sameText<N, T>(machine: Machine<N, T>, a: T, b: T): Value<N, T> {
  const missing = machine.number(Number.NaN);
  const known = machine.choose(textMissing(machine, a), missing, machine.free!.same(a, b));
  return numbers(machine.choose(textMissing(machine, b), missing, known));
}

export function sameNumber<N, T>(machine: Machine<N, T>, a: N, b: N): N {
  return unlessMissing(machine, machine.compare('Equal', a, b), a, b);
}
