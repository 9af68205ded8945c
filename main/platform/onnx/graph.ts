/** ONNX element types by the names used here; numbers are TensorProto.DataType. */
export const elementTypes = { float: 1, int32: 6, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;

/** A value in a graph under construction: its name, nothing more. */
export type OnnxValue = string & { readonly __onnx: unique symbol };

/**
 * A node's attribute. ONNX tells FLOAT from INT by type, not by value, so: a `number` is always FLOAT (`alpha: 1`), a
 * `bigint` always INT (`axis: 1n`), `{ints}` INTS, `{floats}` FLOATS. FLOAT is 32-bit: a double that matters goes in as
 * a constant, never as an attribute.
 */
export type OnnxAttribute =
  | number
  | bigint
  | string
  | readonly string[]
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly tensor: OnnxTensor };

export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

export interface OnnxTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Row-major. int64 as numbers (safe integers). */
  readonly data: ArrayLike<number> | readonly string[] | readonly boolean[];
}

/** '' is ai.onnx. */
export type OnnxDomain = '' | 'ai.onnx.ml';

/** What the graphs are written in: read by ONNX 1.12 (2022) and everything since. */
export const onnxVersions = { ir: 8, onnx: '1.12.0', domains: { '': 17, 'ai.onnx.ml': 3 } } as const;

/**
 * Builds one ONNX graph, node by node, with deterministic names: the same calls give the same bytes.
 *
 * Operators are those of ai.onnx 17 and ai.onnx.ml 3. Not all have a kernel for double in ONNX Runtime (CPU and WebAssembly, 1.30 and
 * 1.32); `kernels.test.ts` runs the ones that step and family authors may use:
 * - double: Add Sub Mul Div Pow Max Min Neg Abs Sqrt Exp Log Tanh Sigmoid Relu Floor Ceil Sign Reciprocal Clip Softmax LogSoftmax
 *   MatMul Gemm Where IsNaN Equal Less Greater LessOrEqual GreaterOrEqual Gather Concat Slice Split Reshape Squeeze Unsqueeze Expand
 *   Cast Identity ReduceSum ReduceMean ReduceMax ReduceMin ReduceLogSumExp ArgMax. Not: Erf Softplus Elu Softsign OneHot Mean, nor
 *   ai.onnx.ml Imputer (impute with Where and IsNaN); ai.onnx.ml Scaler and tree ensembles answer in float;
 * - one-hot: `Equal(codes [N,1], constant int64 [L] 0..L-1)` gives bool [N, L], then Cast to double (11); a code of -1 gives all zeros;
 * - text: LabelEncoder (`keys_strings` to `values_int64s`, `default_int64`; and back), Where, Gather, Concat, Reshape, Identity.
 *   There is no Equal on text in this version: compare codes.
 * Axes of ReduceSum, Squeeze, Unsqueeze, Slice and sizes of Split are inputs; axes of the other reductions are attributes.
 */
export interface OnnxGraph {
  /** A graph input of shape [N] (`N` is the batch; MLflow feeds columns one-dimensional); the value returned is it as [N, 1]. */
  input(name: string, type: ElementType): OnnxValue;
  /** A constant. */
  constant(tensor: OnnxTensor): OnnxValue;
  /** One node with one output. */
  node(op: string, inputs: readonly OnnxValue[], attributes?: OnnxAttributes, domain?: OnnxDomain): OnnxValue;
  /** One node with several outputs. */
  nodes(
    op: string,
    inputs: readonly OnnxValue[],
    outputs: number,
    attributes?: OnnxAttributes,
    domain?: OnnxDomain,
  ): readonly OnnxValue[];
  /** Names a value as a graph output of shape [N, 1]. A name is one thing only: throws when an input or output has it. */
  output(name: string, value: OnnxValue, type: ElementType): void;
}
