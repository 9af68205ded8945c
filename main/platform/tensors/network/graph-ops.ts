import type { Attribute, GraphBuilder, Output } from '../graph/graph-def.ts';

/** TensorFlow operations as networks use them, in float32. */
export const float = { type: 'float' } as const;
export const int = { type: 'int32' } as const;
export const bool = { type: 'bool' } as const;
export const resource = { type: 'resource' } as const;
const T = { T: float };

type Binary = 'AddV2' | 'Sub' | 'Mul';
type Unary = 'Square' | 'Rsqrt' | 'Softplus' | 'Sigmoid' | 'Relu' | 'Tanh';

export function binary(g: GraphBuilder, op: Binary, a: Output, b: Output): Output {
  return g.node(op, [a, b], T);
}

export function unary(g: GraphBuilder, op: Unary, a: Output): Output {
  return g.node(op, [a], T);
}

export function matMul(g: GraphBuilder, a: Output, b: Output, transposed?: 'a' | 'b'): Output {
  const flags = { transpose_a: { bool: transposed === 'a' }, transpose_b: { bool: transposed === 'b' } };
  return g.node('MatMul', [a, b], { T: float, ...flags });
}

/** Adds a vector to each row. */
export function addBias(g: GraphBuilder, a: Output, b: Output): Output {
  return g.node('BiasAdd', [a, b], T);
}

export function columnSums(g: GraphBuilder, a: Output): Output {
  return g.node('BiasAddGrad', [a], T);
}

export function sumOver(g: GraphBuilder, a: Output, axes: readonly number[]): Output {
  return g.node('Sum', [a, g.int(axes)], { T: float, Tidx: int, keep_dims: { bool: false } });
}

export function addAll(g: GraphBuilder, terms: readonly Output[]): Output {
  const [first] = terms;
  if (!first) throw new Error('nothing to add');
  return terms.length === 1 ? first : g.node('AddN', terms, { N: { int: terms.length }, T: float });
}

export function shapeOf(g: GraphBuilder, a: Output, type: Attribute): Output {
  return g.node('Shape', [a], { T: type, out_type: int });
}

export function reshape(g: GraphBuilder, a: Output, shape: readonly number[]): Output {
  return g.node('Reshape', [a, g.int(shape)], { T: float, Tshape: int });
}

/** The columns of a matrix of numbers of rows, as vectors. */
export function unpackColumns(g: GraphBuilder, a: Output, count: number): Output[] {
  const parts = g.node('Unpack', [a], { T: int, num: { int: count }, axis: { int: 1 } });
  return Array.from({ length: count }, (_, k) => g.at(parts, k));
}

export function concatColumns(g: GraphBuilder, parts: readonly Output[]): Output {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  return g.node('ConcatV2', [...parts, g.int(1)], { N: { int: parts.length }, T: float, Tidx: int });
}

export function splitColumns(g: GraphBuilder, a: Output, sizes: readonly number[]): Output[] {
  if (sizes.length === 1) return [a];
  const parts = g.node('SplitV', [a, g.int(sizes), g.int(1)], {
    T: float,
    Tlen: int,
    num_split: { int: sizes.length },
  });
  return sizes.map((_, k) => g.at(parts, k));
}

/** Each row of `values` added to the row of a table that `codes` names; negative codes are dropped by the operation. */
export function segmentSums(g: GraphBuilder, values: Output, codes: Output, rows: number): Output {
  return g.node('UnsortedSegmentSum', [values, codes, g.int(rows)], {
    T: float,
    Tindices: int,
    Tnumsegments: int,
  });
}

/** The same where a row has several codes, [rows, n]. */
export function spreadSums(
  g: GraphBuilder,
  values: Output,
  codes: Output,
  rows: number,
  width: number,
): Output {
  const wanted = g.node('ConcatV2', [shapeOf(g, codes, int), g.int([width]), g.int(0)], {
    N: { int: 2 },
    T: int,
    Tidx: int,
  });
  const middle = g.node('ExpandDims', [values, g.int(1)], { T: float, Tdim: int });
  return segmentSums(g, g.node('BroadcastTo', [middle, wanted], { T: float, Tidx: int }), codes, rows);
}

export function placeholder(g: GraphBuilder, dtype: Attribute, shape: readonly number[]): Output {
  return g.node('Placeholder', [], { dtype, shape: { shape } });
}

export function variable(g: GraphBuilder, dtype: Attribute, shape: readonly number[]): Output {
  return g.node('VarHandleOp', [], { dtype, shape: { shape }, shared_name: { text: g.fresh('variable') } });
}

export function assign(g: GraphBuilder, handle: Output, value: Output, dtype: Attribute): Output {
  return g.node('AssignVariableOp', [handle, value], { dtype });
}

export function read(g: GraphBuilder, handle: Output, after: readonly Output[] = []): Output {
  return g.node('ReadVariableOp', [handle], { dtype: float }, after);
}

export function zeros(g: GraphBuilder, shape: readonly number[]): Output {
  return g.node('Fill', [g.int(shape), g.float(0)], { T: float, index_type: int });
}
