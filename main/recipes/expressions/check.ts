import { parseMoment } from '../read-inputs.ts';
import { unknownWords } from '../nearest.ts';
import { functions, type ExpressionFunction } from './functions.ts';
import { parseExpression, type Node } from './parse.ts';
import { ExpressionError } from './tokens.ts';
import type { ValueType } from './values.ts';

/** An expression whose types are settled. */
export type Typed =
  | { readonly kind: 'number'; readonly type: 'number' | 'logic'; readonly value: number }
  | { readonly kind: 'text'; readonly type: 'text'; readonly value: string }
  | { readonly kind: 'column'; readonly type: 'number' | 'text'; readonly name: string }
  | {
      readonly kind: 'call';
      readonly type: ValueType;
      readonly name: string;
      readonly args: readonly Typed[];
      /** Arguments that are no values but part of what the function is. */
      readonly literals: readonly (string | number)[];
    };

/** Null until it is known what it is a missing value of. */
type Maybe = Typed | null;

export type ColumnKinds = ReadonlyMap<string, 'number' | 'text'>;

/** Parses an expression and settles its types. Throws ExpressionError. */
export function checkExpression(source: string, columns: ColumnKinds): Typed {
  const node = parseExpression(source);
  return known(check(node, columns), node);
}

function check(node: Node, columns: ColumnKinds): Maybe {
  switch (node.kind) {
    case 'number':
      return { kind: 'number', type: 'number', value: node.value };
    case 'text':
      return { kind: 'text', type: 'text', value: node.value };
    case 'logic':
      return { kind: 'number', type: 'logic', value: node.value ? 1 : 0 };
    case 'null':
      return null;
    case 'column': {
      const type = columns.get(node.name);
      if (type) return { kind: 'column', type, name: node.name };
      throw new ExpressionError(node.at, unknownWords('column', node.name, [...columns.keys()]));
    }
    default:
      return checkCall(node, columns);
  }
}

type Call = Extract<Node, { kind: 'call' }>;

function checkCall(node: Call, columns: ColumnKinds): Maybe {
  const args = node.args.map((arg) => check(arg, columns));
  const call = (type: ValueType, values: readonly Typed[], name = node.name): Typed => ({
    kind: 'call',
    type,
    name,
    args: values,
    literals: [],
  });
  switch (node.name) {
    case '=':
    case '!=': {
      count(node, 2, 2);
      const same = call('logic', alike(node, args), '=');
      return node.name === '=' ? same : call('logic', [same], 'not');
    }
    case 'in':
      return call('logic', alike(node, args));
    case 'is null':
      return args[0] ? call('logic', [args[0]]) : { kind: 'number', type: 'logic', value: 1 };
    case 'if': {
      count(node, 3, 3);
      const [test, ...branches] = args;
      const condition = suited(test ?? null, 'logic', node.args[0] ?? node);
      if (branches.every((branch) => branch === null)) return null;
      const values = alike(node, branches, 1);
      return call(values[0]?.type ?? 'number', [condition, ...values]);
    }
    case 'coalesce': {
      count(node, 1, Infinity);
      const values = alike(node, args);
      return call(values[0]?.type ?? 'number', values);
    }
    case 'nullif': {
      count(node, 2, 2);
      const [value, other] = alike(node, args);
      if (!value || !other) return null;
      return call(value.type, [call('logic', [value, other], '='), missing(value.type), value], 'if');
    }
    case 'date':
      return date(node, args);
    default:
      return fixed(node, args);
  }
}

/** A function whose arguments have types of their own. */
function fixed(node: Call, args: readonly Maybe[]): Typed {
  const definition = Object.hasOwn(functions, node.name) ? functions[node.name] : undefined;
  if (!definition) throw unknownFunction(node);
  const { args: wanted, needed = wanted.length, more, result } = definition;
  count(node, needed, more ? Infinity : wanted.length);
  const values: Typed[] = [];
  const literals: (string | number)[] = [];
  args.forEach((arg, i) => {
    const place = node.args[i] ?? node;
    const type = wanted[Math.min(i, wanted.length - 1)] ?? 'number';
    if (type === 'text literal' || type === 'number literal') literals.push(literal(node, place, type));
    else values.push(suited(arg, type, place));
  });
  return { kind: 'call', type: result, name: node.name, args: values, literals };
}

function literal({ name }: Call, place: Node, type: 'text literal' | 'number literal'): string | number {
  if (type === 'text literal' && place.kind === 'text') return place.value;
  if (
    type === 'number literal' &&
    place.kind === 'number' &&
    Number.isInteger(place.value) &&
    place.value < 1e6
  ) {
    return place.value;
  }
  const words = type === 'text literal' ? 'a text in quotes' : 'a whole number';
  throw new ExpressionError(
    place.at,
    `${name}() needs ${words} here, not a value that differs from row to row`,
  );
}

function date(node: Call, args: readonly Maybe[]): Typed {
  count(node, 1, 1);
  const [arg] = args;
  const value = arg?.kind === 'text' ? parseMoment(arg.value) : undefined;
  if (value !== undefined) return { kind: 'number', type: 'number', value };
  throw new ExpressionError(
    node.args[0]?.at ?? node.at,
    'date() takes a date in quotes, such as "2026-11-23"',
  );
}

/** Arguments of one type, missing ones taken for it; a yes or no beside numbers counts as 1 or 0. */
function alike(node: Call, args: readonly Maybe[], from = 0): Typed[] {
  const first = args.find((arg) => arg !== null);
  if (!first) throw new ExpressionError(node.at, `${shown(node.name)} has nothing but null to go by`);
  const type = args.some((arg) => arg?.type === 'number') && first.type === 'logic' ? 'number' : first.type;
  return args.map((arg, i) => {
    if (arg === null) return missing(type);
    if (arg.type === type) return arg;
    if (type === 'number' && arg.kind === 'number') return { ...arg, type };
    const at = node.args[i + from]?.at ?? node.at;
    throw new ExpressionError(
      at,
      `${shown(node.name)} is given ${words[type]} and ${words[arg.type]}; they must be alike`,
    );
  });
}

function suited(value: Maybe, type: ValueType, place: Node): Typed {
  if (value === null) return missing(type);
  if (value.type === type) return value;
  const hint =
    type === 'logic' && value.type === 'number' ? '; compare it with something, such as "= 1" or "> 0"' : '';
  throw new ExpressionError(place.at, `expected ${words[type]}, got ${words[value.type]}${hint}`);
}

function missing(type: ValueType): Typed {
  return type === 'text' ? { kind: 'text', type, value: '' } : { kind: 'number', type, value: Number.NaN };
}

function known(value: Maybe, node: Node): Typed {
  if (value) return value;
  throw new ExpressionError(node.at, 'the expression is always null');
}

const words: Readonly<Record<ValueType, string>> = { number: 'a number', logic: 'a condition', text: 'text' };

function shown(name: string): string {
  return /^[a-z_]+$/.test(name) && name !== 'in' ? `${name}()` : `"${name}"`;
}

function count(node: Call, least: number, most: number): void {
  if (node.args.length >= least && node.args.length <= most) return;
  const wanted =
    least === most ? String(least) : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  throw new ExpressionError(
    node.at,
    `${shown(node.name)} takes ${wanted} ${least === 1 && most === 1 ? 'value' : 'values'}, got ${node.args.length}`,
  );
}

function unknownFunction({ name, at }: Call): ExpressionError {
  if (name === 'log' || name === 'log10' || name === 'log2') {
    return new ExpressionError(at, `there is no ${name}(); write ln(x), or ln(x) / ln(10) to base 10`);
  }
  const named = Object.keys(functions).filter((one) => /^[a-z_]+$/.test(one) && !hidden.has(one));
  return new ExpressionError(
    at,
    unknownWords('function', name, [...named, 'if', 'coalesce', 'nullif', 'date']),
  );
}

const hidden = new Set(['and', 'or', 'not', 'negate']);

/** The first function that a graph has no form for; null when there is none. */
export function beyondGraphs(node: Typed): string | null {
  if (node.kind !== 'call') return null;
  const definition: ExpressionFunction | undefined = Object.hasOwn(functions, node.name)
    ? functions[node.name]
    : undefined;
  if (definition?.free) return shown(node.name);
  const texts = node.args.filter(({ type }) => type === 'text');
  if (node.name === '=' && texts.length > 1 && !texts.some(({ kind }) => kind === 'text')) {
    return '"=" between two texts';
  }
  if (node.name === 'in' && texts.slice(1).some(({ kind }) => kind !== 'text'))
    return '"in" with texts of columns';
  for (const arg of node.args) {
    const found = beyondGraphs(arg);
    if (found !== null) return found;
  }
  return null;
}
