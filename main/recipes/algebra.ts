import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';

/**
 * Arithmetic on whole columns, in two forms: on arrays of numbers, and as nodes of a graph. A step that writes its formula
 * once for any `Value` does the same in both. Missing is NaN and goes through every operation; a comparison with it is false.
 */
export interface Algebra<Value> {
  /** The same number in every row. */
  readonly number: (value: number) => Value;
  readonly add: (a: Value, b: Value) => Value;
  readonly sub: (a: Value, b: Value) => Value;
  readonly mul: (a: Value, b: Value) => Value;
  readonly div: (a: Value, b: Value) => Value;
  readonly pow: (a: Value, b: Value) => Value;
  readonly max: (a: Value, b: Value) => Value;
  readonly min: (a: Value, b: Value) => Value;
  readonly floor: (a: Value) => Value;
  /** Natural. */
  readonly log: (a: Value) => Value;
  /** Of radians. */
  readonly sin: (a: Value) => Value;
  readonly cos: (a: Value) => Value;
  /** `yes` where a < b, else `no`. */
  readonly ifLess: (a: Value, b: Value, yes: Value, no: Value) => Value;
}

/** A column of values, or one number for all rows. */
export type Rows = Float64Array | number;

/** `rows` values, all the same where `value` is one number. */
export function asRows(value: Rows, rows: number): Float64Array {
  return typeof value === 'number' ? new Float64Array(rows).fill(value) : value;
}

export const rowAlgebra: Algebra<Rows> = {
  number: (value) => value,
  add: lifted((a, b) => a + b),
  sub: lifted((a, b) => a - b),
  mul(a, b) {
    if (typeof a === 'number' || typeof b === 'number') return times(a, b);
    const made = new Float64Array(a.length);
    for (let i = 0; i < made.length; i++) made[i] = a[i]! * b[i]!;
    return made;
  },
  div: lifted((a, b) => a / b),
  pow: lifted((a, b) => a ** b),
  max: lifted(Math.max),
  min: lifted(Math.min),
  floor: mapped(Math.floor),
  log: mapped(Math.log),
  sin: mapped(Math.sin),
  cos: mapped(Math.cos),
  ifLess(a, b, yes, no) {
    const length = [a, b, yes, no].find((value) => typeof value !== 'number')?.length;
    if (length === undefined) return a < b ? yes : no;
    const made = new Float64Array(length);
    for (let i = 0; i < length; i++) made[i] = at(a, i) < at(b, i) ? at(yes, i) : at(no, i);
    return made;
  },
};

export function graphAlgebra(graph: OnnxGraph): Algebra<OnnxValue> {
  const binary = (op: string) => (a: OnnxValue, b: OnnxValue) => graph.node(op, [a, b]);
  const unary = (op: string) => (a: OnnxValue) => graph.node(op, [a]);
  return {
    number: (value) => graph.constant({ type: 'double', shape: [1, 1], data: [value] }),
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    pow: binary('Pow'),
    max: binary('Max'),
    min: binary('Min'),
    floor: unary('Floor'),
    log: unary('Log'),
    sin: unary('Sin'),
    cos: unary('Cos'),
    ifLess: (a, b, yes, no) => graph.node('Where', [graph.node('Less', [a, b]), yes, no]),
  };
}

const times = lifted((a, b) => a * b);

function at(value: Rows, row: number): number {
  return typeof value === 'number' ? value : (value[row] ?? NaN);
}

function mapped(f: (a: number) => number): (a: Rows) => Rows {
  return (a) => {
    if (typeof a === 'number') return f(a);
    const made = new Float64Array(a.length);
    for (let i = 0; i < made.length; i++) made[i] = f(a[i]!);
    return made;
  };
}

function lifted(f: (a: number, b: number) => number): (a: Rows, b: Rows) => Rows {
  return (a, b) => {
    if (typeof a === 'number') return typeof b === 'number' ? f(a, b) : mapped((value) => f(a, value))(b);
    if (typeof b === 'number') return mapped((value) => f(value, b))(a);
    const made = new Float64Array(a.length);
    for (let i = 0; i < made.length; i++) made[i] = f(a[i]!, b[i]!);
    return made;
  };
}
