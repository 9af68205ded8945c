import { describe, expect, it } from 'vitest';
import { createOnnxGraph } from './create-graph.ts';
import type { ElementType, OnnxGraph, OnnxValue } from './graph.ts';
import { runOnnx, type OnnxOutput } from './run-onnx.ts';

/** What step and family authors may build on: each operator runs in double (or on text) and gives the right value. */
const x = [1.5, -2, 0.25, Number.NaN];
const y = [2, 3, -1, 4];

type Build = (graph: OnnxGraph, x: OnnxValue, y: OnnxValue) => readonly [OnnxValue, ElementType];
type Case = readonly [name: string, expected: readonly (number | string)[], build: Build];

const doubles = (graph: OnnxGraph, data: number[], shape = [data.length]) =>
  graph.constant({ type: 'double', shape, data });
const integers = (graph: OnnxGraph, data: number[]) =>
  graph.constant({ type: 'int64', shape: [data.length], data });
const texts = (graph: OnnxGraph, data: string[]) =>
  graph.constant({ type: 'string', shape: [data.length], data });
const beside = (graph: OnnxGraph, a: OnnxValue, b: OnnxValue) => graph.node('Concat', [a, b], { axis: 1n });
const whole = (graph: OnnxGraph, value: OnnxValue) => graph.node('Cast', [value], { to: 7n });

const both = (f: (a: number, b: number) => number) => x.map((a, i) => f(a, y[i] ?? 0));
const each = (f: (a: number) => number) => x.map(f);
const binary = (op: string, f: (a: number, b: number) => number): Case => [
  op,
  both(f),
  (g, a, b) => [g.node(op, [a, b]), 'double'],
];
const unary = (op: string, f: (a: number) => number): Case => [
  op,
  each(f),
  (g, a) => [g.node(op, [a]), 'double'],
];
const compare = (op: string, f: (a: number, b: number) => boolean): Case => [
  op,
  both((a, b) => Number(f(a, b))),
  (g, a, b) => [g.node(op, [a, b]), 'bool'],
];
const reduce = (op: string, f: (a: number, b: number) => number): Case => [
  op,
  both(f),
  (g, a, b) => [g.node(op, [beside(g, a, b)], { axes: { ints: [1] }, keepdims: 1n }), 'double'],
];

const cases: readonly Case[] = [
  binary('Add', (a, b) => a + b),
  binary('Sub', (a, b) => a - b),
  binary('Mul', (a, b) => a * b),
  binary('Div', (a, b) => a / b),
  binary('Pow', (a, b) => a ** b),
  binary('Max', Math.max),
  binary('Min', Math.min),
  unary('Neg', (a) => -a),
  unary('Abs', Math.abs),
  unary('Sqrt', Math.sqrt),
  unary('Exp', Math.exp),
  unary('Log', Math.log),
  unary('Tanh', Math.tanh),
  unary('Sigmoid', (a) => 1 / (1 + Math.exp(-a))),
  unary('Relu', (a) => (a > 0 || Number.isNaN(a) ? a : 0)),
  unary('Floor', Math.floor),
  unary('Ceil', Math.ceil),
  unary('Sign', Math.sign),
  unary('Reciprocal', (a) => 1 / a),
  unary('Identity', (a) => a),
  compare('Equal', (a, b) => a === b),
  compare('Less', (a, b) => a < b),
  compare('Greater', (a, b) => a > b),
  compare('LessOrEqual', (a, b) => a <= b),
  compare('GreaterOrEqual', (a, b) => a >= b),
  ['IsNaN', [0, 0, 0, 1], (g, a) => [g.node('IsNaN', [a]), 'bool']],
  ['Not', [1, 1, 1, 0], (g, a) => [g.node('Not', [g.node('IsNaN', [a])]), 'bool']],
  [
    'And',
    [0, 0, 0, 0],
    (g, a, b) => [g.node('And', [g.node('IsNaN', [a]), g.node('Greater', [b, a])]), 'bool'],
  ],
  ['Or', [1, 1, 0, 1], (g, a, b) => [g.node('Or', [g.node('IsNaN', [a]), g.node('Less', [a, b])]), 'bool']],
  ['Where', [1.5, -2, 0.25, 4], (g, a, b) => [g.node('Where', [g.node('IsNaN', [a]), b, a]), 'double']],
  [
    'Where on int64',
    [8, 8, 8, 7],
    (g, a) => [g.node('Where', [g.node('IsNaN', [a]), integers(g, [7]), integers(g, [8])]), 'int64'],
  ],
  [
    'Where on text',
    ['no', 'no', 'no', 'yes'],
    (g, a) => [g.node('Where', [g.node('IsNaN', [a]), texts(g, ['yes']), texts(g, ['no'])]), 'string'],
  ],
  [
    'Clip',
    [1, 0, 0.25, Number.NaN],
    (g, a) => [g.node('Clip', [a, doubles(g, [0], []), doubles(g, [1], [])]), 'double'],
  ],
  [
    'MatMul and Concat',
    both((a, b) => a + 10 * b),
    (g, a, b) => [g.node('MatMul', [beside(g, a, b), doubles(g, [1, 10], [2, 1])]), 'double'],
  ],
  [
    'Gemm',
    both((a, b) => a + 10 * b + 5),
    (g, a, b) => [
      g.node('Gemm', [beside(g, a, b), doubles(g, [1, 10], [2, 1]), doubles(g, [5])], { alpha: 1, beta: 1 }),
      'double',
    ],
  ],
  [
    'Softmax',
    both((a, b) => 1 / (1 + Math.exp(b - a))),
    (g, a, b) => [
      g.node('Gather', [g.node('Softmax', [beside(g, a, b)], { axis: 1n }), integers(g, [0])], { axis: 1n }),
      'double',
    ],
  ],
  [
    'LogSoftmax',
    both((a, b) => -Math.log(1 + Math.exp(b - a))),
    (g, a, b) => [
      g.node('Gather', [g.node('LogSoftmax', [beside(g, a, b)], { axis: 1n }), integers(g, [0])], {
        axis: 1n,
      }),
      'double',
    ],
  ],
  reduce('ReduceMax', Math.max),
  reduce('ReduceMin', Math.min),
  reduce('ReduceMean', (a, b) => (a + b) / 2),
  reduce('ReduceLogSumExp', (a, b) => Math.log(Math.exp(a) + Math.exp(b))),
  [
    'ReduceSum',
    both((a, b) => a + b),
    (g, a, b) => [g.node('ReduceSum', [beside(g, a, b), integers(g, [1])], { keepdims: 1n }), 'double'],
  ],
  [
    'ArgMax',
    [1, 1, 0, 0],
    (g, a, b) => [g.node('ArgMax', [beside(g, a, b)], { axis: 1n, keepdims: 1n }), 'int64'],
  ],
  [
    'Slice',
    y,
    (g, a, b) => [
      g.node('Slice', [beside(g, a, b), integers(g, [1]), integers(g, [2]), integers(g, [1])]),
      'double',
    ],
  ],
  [
    'Split',
    y,
    (g, a, b) => [
      g.nodes('Split', [beside(g, a, b), integers(g, [1, 1])], 2, { axis: 1n })[1] ?? a,
      'double',
    ],
  ],
  [
    'Unsqueeze and Squeeze',
    x,
    (g, a) => [g.node('Squeeze', [g.node('Unsqueeze', [a, integers(g, [2])]), integers(g, [2])]), 'double'],
  ],
  ['Expand', x, (g, a) => [g.node('Expand', [a, integers(g, [1, 1])]), 'double']],
  ['Cast to int64', y, (g, _, b) => [whole(g, b), 'int64']],
  ['Cast to text', ['1.5', '-2', '0.25', 'NaN'], (g, a) => [g.node('Cast', [a], { to: 8n }), 'string']],
  [
    'Gather of a double by codes [N, 1]: the value of each level',
    [30, 40, 20, 50],
    (g, _, b) => [
      g.node('Gather', [doubles(g, [10, 20, 30, 40, 50]), whole(g, g.node('Abs', [b]))], { axis: 0n }),
      'double',
    ],
  ],
  [
    'one-hot: Equal of codes with 0..L-1, then Cast',
    [2, 3, 0, 4],
    (g, _, b) => {
      const wide = g.node('Cast', [g.node('Equal', [whole(g, b), integers(g, [0, 1, 2, 3, 4])])], {
        to: 11n,
      });
      return [g.node('MatMul', [wide, doubles(g, [0, 1, 2, 3, 4], [5, 1])]), 'double'];
    },
  ],
  [
    'LabelEncoder int64 to text and back',
    [0, 1, -1, -1],
    (g, _, b) => {
      const words = g.node(
        'LabelEncoder',
        [whole(g, b)],
        { keys_int64s: { ints: [2, 3] }, values_strings: ['two', 'three'], default_string: '' },
        'ai.onnx.ml',
      );
      return [
        g.node(
          'LabelEncoder',
          [words],
          { keys_strings: ['two', 'three'], values_int64s: { ints: [0, 1] }, default_int64: -1n },
          'ai.onnx.ml',
        ),
        'int64',
      ];
    },
  ],
];

const plain = (output: OnnxOutput | undefined): (number | string)[] =>
  Array.from<unknown, number | string>(output?.data ?? [], (v) => (typeof v === 'string' ? v : Number(v)));

/** Numbers to 13 digits; text, NaN and infinities exactly. */
function close(actual: number | string | undefined, expected: number | string): boolean {
  if (typeof expected === 'string' || !Number.isFinite(expected)) return Object.is(actual, expected);
  return Math.abs(Number(actual) - expected) < 1e-13 * Math.max(1, Math.abs(expected));
}

describe('operators that steps and families may use', () => {
  it.each(cases)('%s', async (_, expected, build) => {
    const graph = createOnnxGraph('case');
    const [value, type] = build(graph, graph.input('x', 'double'), graph.input('y', 'double'));
    graph.output('result', value, type);
    const { result } = await runOnnx(graph.finish(), { x: Float64Array.from(x), y: Float64Array.from(y) });
    expect(result?.shape).toEqual([4, 1]);
    const actual = plain(result);
    expect(expected.filter((wanted, row) => !close(actual[row], wanted))).toEqual([]);
  });

  it.each(['Erf', 'Softplus', 'Elu', 'Softsign'])('%s has no double kernel, as the notes say', async (op) => {
    const graph = createOnnxGraph('case');
    graph.output('result', graph.node(op, [graph.input('x', 'double')]), 'double');
    await expect(runOnnx(graph.finish(), { x: Float64Array.of(1) })).rejects.toThrow(
      'Could not find an implementation',
    );
  });
});
