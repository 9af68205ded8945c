import { expect, test } from 'vitest';
import type { RawColumn } from '../columns.ts';
import {
  beyondGraphs,
  checkExpression,
  evaluateExpression,
  ExpressionError,
  expressionMask,
  kindsOf,
} from './index.ts';

const days = (text: string) => Date.parse(`${text}Z`) / 86_400_000;

const columns: RawColumn[] = [
  { kind: 'number', name: 'a', values: Float64Array.of(7, -7, Number.NaN, 0) },
  { kind: 'number', name: 'b', values: Float64Array.of(2, 2, 2, 0) },
  { kind: 'number', name: 'on', values: Float64Array.of(1, 0, Number.NaN, 1) },
  { kind: 'category', name: 'word', levels: ['Red', 'blue'], codes: Int32Array.of(0, 1, -1, 0) },
  { kind: 'category', name: 'Sale price', levels: ['12.5', 'none'], codes: Int32Array.of(0, 1, 0, -1) },
  {
    kind: 'number',
    name: 'at',
    values: Float64Array.of(
      days('2024-02-29T13:45:00'),
      days('1969-12-31T23:59:59'),
      days('2000-03-01T00:00:00'),
      days('1900-12-31T08:00:00'),
    ),
  },
];

function values(expression: string): (number | string | null)[] {
  const made = evaluateExpression(checkExpression(expression, kindsOf(columns)), columns, 'made');
  if (made.kind === 'number') return Array.from(made.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(made.codes, (code) => made.levels[code] ?? null);
}

/** Why an expression is not taken; null when it is. Anything but a refusal with a place is thrown on. */
function refusal(text: string): ExpressionError | null {
  try {
    evaluateExpression(checkExpression(text, kindsOf(columns)), columns, 'made', 4);
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function beyond(text: string): string | null {
  return beyondGraphs(checkExpression(text, kindsOf(columns)));
}

const yes = 1;
const no = 0;

test.each<[string, (number | string | null)[]]>([
  // Arithmetic: the usual order; what is not finite is missing.
  ['a + b * 2 ^ 2', [15, 1, null, 0]],
  ['-a ^ 2', [-49, -49, null, 0]],
  ['2 ^ 3 ^ 2 + 0 * b', [512, 512, 512, 512]],
  ['10 - 4 - 3 + 0 * b', [3, 3, 3, 3]],
  ['a / b', [3.5, -3.5, null, null]],
  ['a % b', [1, 1, null, null]],
  ['sqrt(a - 3)', [2, null, null, null]],
  ['ln(b)', [Math.log(2), Math.log(2), Math.log(2), null]],
  ['round(a / 3, 2)', [2.33, -2.33, null, 0]],
  ['min(a, b, 1)', [1, -7, null, 0]],
  ['abs(a) + ceil(b / 4) + floor(b / 4)', [8, 8, null, 0]],
  // Three-valued logic, as in SQL.
  ['a > 0', [yes, no, null, no]],
  ['not a > 0', [no, yes, null, yes]],
  ['a > 0 or b = 2', [yes, yes, yes, no]],
  ['a > 0 and b = 0', [no, no, no, no]],
  ['a > 0 and b = 2', [yes, no, null, no]],
  ['on = true', [yes, no, null, yes]],
  ['a is null or on = false', [no, yes, yes, no]],
  ['a is not null', [yes, yes, no, yes]],
  ['a between -7 and 0', [no, yes, null, yes]],
  ['a not in (7, 0)', [no, yes, null, no]],
  ['if(a > 0, "up", "down")', ['up', 'down', 'down', 'down']],
  ['case when a > 0 then a when a < 0 then -a end', [7, 7, null, null]],
  ['coalesce(a, b + 1)', [7, -7, 3, 0]],
  ['nullif(b, 2)', [null, null, null, 0]],
  // Texts.
  ['word = "Red"', [yes, no, null, yes]],
  ['"Red" != word', [no, yes, null, no]],
  ["word in ('blue', 'green')", [no, yes, null, no]],
  ['lower(word) || "-" || `Sale price`', ['red-12.5', 'blue-none', null, null]],
  ['length(word) + 1', [4, 5, null, 4]],
  ['number(`Sale price`)', [12.5, null, 12.5, null]],
  ['contains(word, "e")', [yes, yes, null, yes]],
  ['starts_with(word, "b") or ends_with(word, "d")', [yes, yes, null, yes]],
  ['left(word, 1) || right(word, 2) || substring(word, 2, 1)', ['Rede', 'buel', null, 'Rede']],
  ['replace(upper(word), "E", "")', ['RD', 'BLU', null, 'RD']],
  ['coalesce(word, "it\'s ""none""")', ['Red', 'blue', 'it\'s "none"', 'Red']],
  ['word = lower(word)', [no, yes, null, no]],
  // Dates.
  ['year(at)', [2024, 1969, 2000, 1900]],
  ['month(at)', [2, 12, 3, 12]],
  ['quarter(at)', [1, 4, 1, 4]],
  ['day(at)', [29, 31, 1, 31]],
  ['day_of_year(at)', [60, 365, 61, 365]],
  ['weekday(at)', [4, 3, 3, 1]],
  ['hour(at) * 100 + minute(at)', [1345, 2359, 0, 800]],
  ['at >= date("2000-03-01")', [yes, no, yes, no]],
])('%s', (expression, expected) => {
  expect(values(expression)).toEqual(expected);
});

test('parts of dates agree with the calendar over 800 years', () => {
  const at = Float64Array.from({ length: 40_000 }, (_, i) => -145_000 + i * 7.3);
  const table: RawColumn[] = [{ kind: 'number', name: 'at', values: at }];
  const of = (part: string) => {
    const made = evaluateExpression(checkExpression(`${part}(at)`, kindsOf(table)), table, part);
    return made.kind === 'number' ? [...made.values] : [];
  };
  const dates = Array.from(at, (day) => new Date(Math.floor(day * 86_400_000 + 0.5)));
  expect(of('year')).toEqual(dates.map((date) => date.getUTCFullYear()));
  expect(of('month')).toEqual(dates.map((date) => date.getUTCMonth() + 1));
  expect(of('day')).toEqual(dates.map((date) => date.getUTCDate()));
  expect(of('weekday')).toEqual(dates.map((date) => date.getUTCDay() || 7));
  expect(of('hour')).toEqual(dates.map((date) => date.getUTCHours()));
  expect(of('minute')).toEqual(dates.map((date) => date.getUTCMinutes()));
  expect(of('day_of_year')).toEqual(
    dates.map(
      (date) =>
        (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
          Date.UTC(date.getUTCFullYear(), 0, 1)) /
          86_400_000 +
        1,
    ),
  );
});

test.each<[string, number, RegExp]>([
  ['', 1, /expected a value, got the end/],
  ['a +', 4, /expected a value, got the end/],
  ['a + * b', 5, /expected a value, got "\*"/],
  ['a b', 3, /expected an operator or the end, got "b"/],
  ['(a + b', 7, /expected "\)"/],
  ['a + "x', 5, /has no end/],
  ['a ; b', 3, /";" means nothing here/],
  ['aa + b', 1, /unknown column "aa"; did you mean "a"/],
  ['a + word', 5, /expected a number, got text/],
  ['a and b > 1', 1, /expected a condition, got a number; compare it/],
  ['1 < a < 3', 7, /can't be chained/],
  ['sqroot(a)', 1, /unknown function "sqroot"; did you mean "sqrt"/],
  ['constructor(a)', 1, /unknown function/],
  ['log(a)', 1, /write ln\(x\)/],
  ['round(a, b)', 10, /a whole number here/],
  ['abs(a, b)', 1, /takes 1 value, got 2/],
  ['a = "x"', 5, /must be alike/],
  ['if(a > 1, "x", 2)', 16, /must be alike/],
  ['null', 1, /always null/],
  ['date("2026-02-30")', 6, /such as "2026-11-23"/],
  ['case a when 1 then 2 end', 6, /expected "when"/],
  ['and', 1, /in backticks/],
  ['1e999 + a', 1, /too large/],
])('%s is refused at character %i', (expression, at, reason) => {
  const error = refusal(expression);
  expect(error?.message).toMatch(reason);
  expect(error?.at).toBe(at);
});

test('what is too long or nested too deep is refused before it is too much', () => {
  for (const text of [
    '('.repeat(5000),
    '-'.repeat(5000),
    'not '.repeat(2000),
    '2^'.repeat(4000),
    'if('.repeat(3000),
  ]) {
    expect(refusal(text)?.message, text.slice(0, 4)).toMatch(/nested too deep/);
  }
  expect(refusal(`a${'+a'.repeat(2000)}`)?.message).toMatch(/at most 1000 operators/);
  expect(refusal('a'.repeat(10_001))?.message).toMatch(/10000 characters/);
  expect(values(`a${'+a'.repeat(999)}`)).toEqual([7000, -7000, null, 0]);
  expect(values(`${'('.repeat(90)}a${')'.repeat(90)}`)).toEqual([7, -7, null, 0]);
});

test('any text is an expression or is refused with a place in it, and nothing of it is run', () => {
  const pieces = [
    'a',
    'b',
    'word',
    '"x"',
    '1',
    '(',
    ')',
    '+',
    '-',
    '^',
    'and',
    'not',
    'is',
    'null',
    'in',
    ',',
    '=',
    'if',
    'min',
    '__proto__',
    'toString',
    '${a}',
  ];
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  let taken = 0;
  const outside: string[] = [];
  for (let i = 0; i < 5000; i++) {
    const text = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join(' ');
    const error = refusal(text);
    if (error === null) taken++;
    else if (error.at < 1 || error.at > text.length + 1) outside.push(text);
  }
  expect(outside).toEqual([]);
  expect(taken).toBeGreaterThan(100);
});

test('says which expressions a graph can do', () => {
  expect(beyond('year(at) + if(word = "Red", 1, 2)')).toBeNull();
  expect(beyond('coalesce(word, "none")')).toBeNull();
  expect(beyond('lower(word) = "red"')).toBe('lower()');
  expect(beyond('word = `Sale price`')).toBe('"=" between two texts');
});

test('a condition lets rows pass where it is true, neither false nor missing', () => {
  const mask = expressionMask(checkExpression('a > -10', kindsOf(columns)), columns, 4);
  expect([...mask]).toEqual([1, 1, 0, 1]);
});
