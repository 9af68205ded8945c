import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { minimumBetween, moments, sum } from '../../../math/index.ts';
import { asRows, graphAlgebra, rowAlgebra, type Algebra } from '../../algebra.ts';
import { knownValues, type NumberColumn } from '../../columns.ts';
import { defineStep, type GraphColumn, type StepPlace } from '../../step.ts';
import { graphNumbers, numberColumn } from '../../step-columns.ts';

const methods = ['yeo-johnson', 'box-cox', 'log', 'log1p', 'sqrt'] as const;
type Method = (typeof methods)[number];

const params = z.object({
  method: z.enum(methods).default('yeo-johnson').meta({
    title: 'Method',
    description:
      'yeo-johnson: any number; box-cox: above 0, both with the power that makes the training rows most nearly normal; log: above 0; log1p: log(1 + x), above -1; sqrt: from 0 on',
  }),
  standardize: z
    .boolean()
    .default(true)
    .meta({ title: 'Standardize', description: 'then to mean 0 and deviation 1 over the training rows' }),
});

const Power = z.object({
  /** The power; unused by log, log1p and sqrt. */
  lambda: z.number(),
  center: z.number(),
  scale: z.number(),
});
type Power = z.infer<typeof Power>;

const state = z.object({ method: z.enum(methods), columns: z.array(Power) });

/** The smallest value that a method takes, and whether it takes it. */
const domains: Readonly<Record<Method, readonly [low: number, itself: boolean, words: string]>> = {
  'yeo-johnson': [-Infinity, true, 'any number'],
  'box-cox': [0, false, 'numbers above 0'],
  log: [0, false, 'numbers above 0'],
  log1p: [-1, false, 'numbers above -1'],
  sqrt: [0, true, 'numbers from 0 on'],
};

/**
 * Straightens skewed numbers. Powers are the maximum-likelihood ones (Box and Cox 1964; Yeo and Johnson 2000). A constant column keeps
 * power 1. Missing stays missing.
 */
export const power = defineStep({
  id: 'power',
  version: 1,
  title: 'Log and power',
  doc: 'Straightens skewed numbers by a logarithm, a root, or the power (Box-Cox, Yeo-Johnson) that makes the training rows most nearly normal. Missing stays missing.',
  selects: 'numbers',
  params,
  state,
  fit: (columns, { method, standardize }, place) => ({
    method,
    columns: columns.map((column) => {
      const numbers = numberColumn(column, 'power', place);
      refuseOutside(numbers, method, place);
      const known = knownValues(numbers);
      const lambda = powerFor(known, method);
      const plain = { lambda, center: 0, scale: 1 };
      if (!standardize) return plain;
      const { mean, deviation } = moments(straightened(known, method, lambda));
      return { lambda, center: mean, scale: deviation || 1 };
    }),
  }),
  apply: (columns, { method, columns: learned }, place) =>
    columns.map((column, i) => {
      const numbers = numberColumn(column, 'power', place);
      refuseOutside(numbers, method, place);
      const { lambda, center, scale } = at(learned, i);
      const values = straightened(numbers.values, method, lambda);
      for (let row = 0; row < values.length; row++) values[row] = (values[row]! - center) / scale;
      return [{ kind: 'number', name: column.name, values }];
    }),
  onnx: (graph, columns, { method, columns: learned }) =>
    graphNumbers(columns).map((column, i): GraphColumn[] => [
      { ...column, value: transform(graphAlgebra(graph), column.value, method, at(learned, i)) },
    ]),
});

function transform<Value>(
  algebra: Algebra<Value>,
  x: Value,
  method: Method,
  { lambda, center, scale }: Power,
): Value {
  const { number, sub, div } = algebra;
  return div(sub(bent(algebra, x, method, lambda), number(center)), number(scale));
}

function bent<Value>(algebra: Algebra<Value>, x: Value, method: Method, lambda: number): Value {
  const { number, add, sub, mul, pow, log, max, min, ifLess } = algebra;
  if (method === 'log') return log(x);
  if (method === 'log1p') return log(add(x, number(1)));
  if (method === 'sqrt') return pow(x, number(0.5));
  if (method === 'box-cox') return raised(algebra, x, lambda);
  const zero = number(0);
  const above = raised(algebra, add(max(x, zero), number(1)), lambda);
  const below = raised(algebra, sub(number(1), min(x, zero)), 2 - lambda);
  // The last term is 0, and brings a missing value through where a runtime's Max or Min lost it.
  return add(ifLess(x, zero, mul(below, number(-1)), above), mul(x, zero));
}

/** (x^power - 1) / power, or log x where the power is 0. */
function raised<Value>({ number, sub, div, pow, log }: Algebra<Value>, x: Value, exponent: number): Value {
  if (Math.abs(exponent) < 1e-12) return log(x);
  return div(sub(pow(x, number(exponent)), number(1)), number(exponent));
}

/** `bent` for rows: by way of logarithms, which the search for the power needs too. */
function straightened(values: Float64Array, method: Method, lambda: number): Float64Array {
  if (method !== 'box-cox' && method !== 'yeo-johnson')
    return asRows(bent(rowAlgebra, values, method, lambda), values.length);
  const made = logsOf(values, method);
  for (let row = 0; row < made.length; row++)
    made[row] = raisedLog(made[row]!, lambda, method === 'yeo-johnson');
  return made;
}

/**
 * Yeo-Johnson below 0 is minus the power 2 - lambda of 1 - x, so one logarithm with the number's sign serves all numbers; Box-Cox
 * takes the plain one.
 */
function logsOf(values: Float64Array, method: 'box-cox' | 'yeo-johnson'): Float64Array {
  const logs = new Float64Array(values.length);
  for (let row = 0; row < logs.length; row++) {
    const value = values[row]!;
    logs[row] = method === 'box-cox' ? Math.log(value) : value < 0 ? -Math.log1p(-value) : Math.log1p(value);
  }
  return logs;
}

/** The power of greatest likelihood: searched in a window that is moved until the best is inside. */
function powerFor(values: Float64Array, method: Method): number {
  if ((method !== 'box-cox' && method !== 'yeo-johnson') || moments(values).deviation === 0) return 1;
  const logs = logsOf(values, method);
  const slope = sum(logs);
  const mirrors = method === 'yeo-johnson';
  const loss = (lambda: number) => {
    // Mean and squares in one pass, from the first value on: the search needs no more digits than that keeps.
    const first = raisedLog(logs[0]!, lambda, mirrors);
    let total = 0;
    let squares = 0;
    for (let i = 0; i < logs.length; i++) {
      const away = raisedLog(logs[i]!, lambda, mirrors) - first;
      total += away;
      squares += away * away;
    }
    const variance = (squares - (total * total) / logs.length) / logs.length;
    // Rows that a power squeezes into one value are no better fit than any.
    return variance > 0 ? (logs.length * Math.log(variance)) / 2 - (lambda - 1) * slope : Infinity;
  };
  let [low, high] = [-2, 2];
  for (let round = 0; round < 5; round++) {
    const best = minimumBetween(loss, low, high);
    if (best - low > 1e-3 && high - best > 1e-3) return best;
    if (best - low <= 1e-3) [low, high] = [low - 2 * (high - low), best + 1];
    else [low, high] = [best - 1, high + 2 * (high - low)];
  }
  return minimumBetween(loss, low, high);
}

/** What becomes of a value whose logarithm is `log`; below 0 the other way round where the method mirrors. */
function raisedLog(log: number, lambda: number, mirrors: boolean): number {
  if (log < 0 && mirrors) return -raisedLog(-log, 2 - lambda, false);
  if (Math.abs(lambda) < 1e-12) return log;
  // Away from 0 the plain exponential is as exact, and faster.
  return (Math.abs(lambda) > 0.1 ? Math.exp(lambda * log) - 1 : Math.expm1(lambda * log)) / lambda;
}

function refuseOutside({ name, values }: NumberColumn, method: Method, place: StepPlace): void {
  const [low, itself, wanted] = domains[method];
  const row = values.findIndex((value) => value < low || (value === low && !itself));
  if (row < 0) return;
  throw fail('step-value', {
    step: 'power',
    position: place.position,
    column: name,
    row: place.row(row),
    found: String(values[row]),
    wanted: `${wanted} when the method is ${method}`,
    hint: 'Use "method: yeo-johnson", which takes any number',
  });
}

function at(learned: readonly Power[], index: number): Power {
  return learned[index] ?? { lambda: 1, center: 0, scale: 1 };
}
