import { ExpressionError, readTokens, type Token } from './tokens.ts';

/** An expression as a tree; `at` is the place of its first character, or of its sign, from 1. */
export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'logic'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  /** `name` is a sign (`+`, `=`, `and`) or a function's name in lower case. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number };

const deepest = 400;
const mostCalls = 1000;

const keywords = new Set('and or not in between is null true false case when then else end'.split(' '));

/** How tight the signs bind, the loosest first; those of a row go from left to right. */
const levels: readonly (readonly string[])[] = [['or'], ['and'], [], ['||'], ['+', '-'], ['*', '/', '%']];
const atNot = 2;

/**
 * Reads an expression by recursive descent; no part of it is ever run as code. Throws ExpressionError.
 *
 *     or, and, not, comparison (= != < <= > >= in between is), || , + -, * / %, unary -, ^ (from right to left)
 */
export function parseExpression(source: string): Node {
  const tokens = readTokens(source);
  let next = 0;
  let depth = 0;

  const peek = (): Token => tokens[next] ?? { kind: 'end', value: '', at: source.length + 1 };
  const isWord = (word: string): boolean => {
    const token = peek();
    return token.kind === 'word' && token.value.toLowerCase() === word;
  };
  const isSign = (sign: string): boolean => {
    const token = peek();
    return token.kind === 'sign' && token.value === sign;
  };
  const taken = (wanted: string): boolean => {
    const there = /^[a-z]/.test(wanted) ? isWord(wanted) : isSign(wanted);
    if (there) next++;
    return there;
  };
  const expect = (wanted: string): void => {
    if (!taken(wanted)) throw new ExpressionError(peek().at, `expected "${wanted}", got ${found(peek())}`);
  };
  let calls = 0;
  const call = (name: string, args: readonly Node[], at: number): Node => {
    if (++calls > mostCalls)
      throw new ExpressionError(at, `an expression has at most ${mostCalls} operators`);
    return { kind: 'call', name, args, at };
  };

  function expression(level = 0): Node {
    if (level > atNot) return binary(level);
    if (++depth > deepest) throw new ExpressionError(peek().at, 'the expression is nested too deep');
    const node = level === atNot ? negation() : binary(level);
    depth--;
    return node;
  }

  function binary(level: number): Node {
    const signs = levels[level];
    if (!signs) return unary();
    let left = expression(level + 1);
    for (;;) {
      const { at } = peek();
      const sign = signs.find((one) => taken(one));
      if (sign === undefined) return left;
      left = call(sign, [left, expression(level + 1)], at);
    }
  }

  function negation(): Node {
    const { at } = peek();
    if (taken('not')) return call('not', [expression(atNot)], at);
    return comparison();
  }

  function comparison(): Node {
    const left = expression(atNot + 1);
    const { at } = peek();
    for (const [sign, name] of comparisons) {
      if (!taken(sign)) continue;
      const node = call(name, [left, expression(atNot + 1)], at);
      if (comparisons.some(([other]) => isSign(other))) {
        throw new ExpressionError(peek().at, 'comparisons can\'t be chained; join them with "and"');
      }
      return node;
    }
    if (taken('is')) {
      const other = taken('not');
      expect('null');
      const test = call('is null', [left], at);
      return other ? call('not', [test], at) : test;
    }
    const other = taken('not');
    if (taken('in')) {
      expect('(');
      const test = call('in', [left, ...list()], at);
      return other ? call('not', [test], at) : test;
    }
    if (taken('between')) {
      const low = expression(atNot + 1);
      expect('and');
      const high = expression(atNot + 1);
      const test = call('and', [call('>=', [left, low], at), call('<=', [left, high], at)], at);
      return other ? call('not', [test], at) : test;
    }
    if (other) throw new ExpressionError(peek().at, `expected "in" or "between", got ${found(peek())}`);
    return left;
  }

  function unary(): Node {
    const { at } = peek();
    if (++depth > deepest) throw new ExpressionError(at, 'the expression is nested too deep');
    const node = taken('-') ? call('negate', [unary()], at) : power();
    depth--;
    return node;
  }

  function power(): Node {
    const base = value();
    const { at } = peek();
    return taken('^') ? call('^', [base, unary()], at) : base;
  }

  function value(): Node {
    const token = peek();
    next++;
    if (token.kind === 'number' || token.kind === 'text') return token;
    if (token.kind === 'column') return { kind: 'column', name: token.value, at: token.at };
    if (token.kind === 'sign' && token.value === '(') {
      const inner = expression();
      expect(')');
      return inner;
    }
    if (token.kind === 'word') return named(token.value, token.at);
    throw new ExpressionError(token.at, `expected a value, got ${found(token)}`);
  }

  function named(word: string, at: number): Node {
    const lower = word.toLowerCase();
    if (lower === 'true' || lower === 'false') return { kind: 'logic', value: lower === 'true', at };
    if (lower === 'null') return { kind: 'null', at };
    if (lower === 'case') return cases(at);
    if (isSign('(') && !keywords.has(lower)) {
      next++;
      return call(lower, taken(')') ? [] : list(), at);
    }
    if (!keywords.has(lower)) return { kind: 'column', name: word, at };
    throw new ExpressionError(
      at,
      `expected a value, got "${word}"; a column of that name is written in backticks, \`${word}\``,
    );
  }

  /** `case when A then B ... else C end` as nested ifs. */
  function cases(at: number): Node {
    const branches: { readonly test: Node; readonly value: Node; readonly at: number }[] = [];
    for (let place = peek().at; taken('when'); place = peek().at) {
      const test = expression();
      expect('then');
      branches.push({ test, value: expression(), at: place });
    }
    if (branches.length === 0) expect('when');
    const otherwise: Node = taken('else') ? expression() : { kind: 'null', at: peek().at };
    expect('end');
    if (branches.length > deepest) throw new ExpressionError(at, `a case has at most ${deepest} branches`);
    return branches.reduceRight(
      (rest, { test, value: result, at: place }) => call('if', [test, result, rest], place),
      otherwise,
    );
  }

  /** Values up to the closing bracket. */
  function list(): Node[] {
    const values = [expression()];
    while (taken(',')) values.push(expression());
    expect(')');
    return values;
  }

  const whole = expression();
  if (peek().kind !== 'end') {
    throw new ExpressionError(peek().at, `expected an operator or the end, got ${found(peek())}`);
  }
  return whole;
}

const comparisons: readonly (readonly [sign: string, name: string])[] = [
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
];

function found(token: Token): string {
  return token.kind === 'end' ? 'the end' : `"${token.value}"`;
}

/** The columns an expression reads, each once, in order. */
export function columnsOf(node: Node): string[] {
  const names = new Set<string>();
  const visit = (one: Node): void => {
    if (one.kind === 'column') names.add(one.name);
    if (one.kind === 'call') one.args.forEach(visit);
  };
  visit(node);
  return [...names];
}
