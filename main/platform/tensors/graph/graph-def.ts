import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** TensorFlow's DataType numbers (types.proto), those used here. */
const types = { float: 1, int32: 3, bool: 10, resource: 20 } as const;
type TensorType = keyof typeof types;

/** An output of a node, as graphs spell it: `name` or `name:1`. */
export type Output = string & { readonly __output: unique symbol };

export type Attribute =
  | { readonly type: TensorType }
  | { readonly int: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  /** -1 for a size that is only known when the graph runs. */
  | { readonly shape: readonly number[] }
  | { readonly tensor: GraphConstant };

interface GraphConstant {
  readonly type: 'float' | 'int32';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/**
 * Builds a TensorFlow graph node by node. `after` are control inputs: nodes that must have run first. Node names are numbered by
 * operation, so that the same calls give the same bytes.
 */
export interface GraphBuilder {
  node(
    op: string,
    inputs: readonly Output[],
    attributes?: Readonly<Record<string, Attribute>>,
    after?: readonly Output[],
    reserved?: Output,
  ): Output;
  /** The name of a node to be made later: loops refer forward. */
  reserve(op: string): Output;
  /** The n-th output of a node with several. */
  at(node: Output, index: number): Output;
  /** A name not used before in this graph, for what TensorFlow shares by name. */
  fresh(prefix: string): string;
  float(value: number): Output;
  int(value: number | readonly number[]): Output;
  /** The graph as a SavedModel with the tag `serve` (saved_model.proto), ready for `saved_model.pb`. */
  savedModel(): Uint8Array;
}

/** The graph version that the operations are used as (GraphDef.versions.producer): TensorFlow 2.9, what tfjs-node was made for. */
const producer = 1087;

export function createGraphBuilder(): GraphBuilder {
  const nodes: Uint8Array[] = [];
  const counts = new Map<string, number>();
  const constants = new Map<string, Output>();

  const reserve = (op: string): Output => {
    const count = counts.get(op) ?? 0;
    counts.set(op, count + 1);
    return output(`${op}_${count}`);
  };

  const node: GraphBuilder['node'] = (op, inputs, attributes = {}, after = [], name = reserve(op)) => {
    const controls = after.map((control) => `^${control.replace(/:\d+$/, '')}`);
    nodes.push(encodeNode(name, op, [...inputs, ...controls], attributes));
    return name;
  };

  const constant = (tensor: GraphConstant): Output => {
    const key = `${tensor.type} ${tensor.shape.join()} ${[...tensor.data].join()}`;
    const known = constants.get(key);
    if (known) return known;
    const made = node('Const', [], { dtype: { type: tensor.type }, value: { tensor } });
    constants.set(key, made);
    return made;
  };

  return {
    node,
    reserve,
    fresh: (prefix) => `${prefix}_${nodes.length}`,
    at: (from, index) => output(`${from}:${index}`),
    float: (value) => constant({ type: 'float', shape: [], data: Float32Array.of(value) }),
    int: (value) =>
      typeof value === 'number'
        ? constant({ type: 'int32', shape: [], data: Int32Array.of(value) })
        : constant({ type: 'int32', shape: [value.length], data: Int32Array.from(value) }),
    savedModel: () => encodeSavedModel(nodes),
  };
}

/** The only place where a string becomes an Output. */
function output(name: string): Output {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return name as Output;
}

/** node_def.proto: NodeDef { name = 1, op = 2, input = 3, attr = 5 (map) }. */
function encodeNode(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): Uint8Array {
  const writer = new BinaryWriter();
  text(writer, 1, name);
  text(writer, 2, op);
  for (const input of inputs) text(writer, 3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    message(writer, 5, (entry) => {
      text(entry, 1, key);
      message(entry, 2, (value) => encodeAttribute(value, attribute));
    });
  }
  return writer.finish();
}

/** attr_value.proto: AttrValue { s = 2, i = 3, b = 5, type = 6, shape = 7, tensor = 8 }. */
function encodeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  if ('text' in attribute) text(writer, 2, attribute.text);
  else if ('int' in attribute) writer.tag(3, WireType.Varint).int64(attribute.int);
  else if ('bool' in attribute) writer.tag(5, WireType.Varint).bool(attribute.bool);
  else if ('type' in attribute) writer.tag(6, WireType.Varint).int32(types[attribute.type]);
  else if ('shape' in attribute) message(writer, 7, (shape) => encodeShape(shape, attribute.shape));
  else message(writer, 8, (tensor) => encodeTensor(tensor, attribute.tensor));
}

/** tensor_shape.proto: TensorShapeProto { dim = 2 { size = 1 } }. */
function encodeShape(writer: BinaryWriter, shape: readonly number[]): void {
  for (const size of shape) message(writer, 2, (dim) => void dim.tag(1, WireType.Varint).int64(size));
}

/** tensor.proto: TensorProto { dtype = 1, tensor_shape = 2, tensor_content = 4 (little-endian) }. */
function encodeTensor(writer: BinaryWriter, { type, shape, data }: GraphConstant): void {
  writer.tag(1, WireType.Varint).int32(types[type]);
  message(writer, 2, (inner) => encodeShape(inner, shape));
  bytes(writer, 4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * saved_model.proto: SavedModel { saved_model_schema_version = 1, meta_graphs = 2 }; meta_graph.proto: MetaGraphDef {
 * meta_info_def = 1 { tags = 4 }, graph_def = 2 }; graph.proto: GraphDef { node = 1, versions = 4 { producer = 1 } }.
 */
function encodeSavedModel(nodes: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(1);
  message(writer, 2, (meta) => {
    message(meta, 1, (info) => text(info, 4, 'serve'));
    message(meta, 2, (graph) => {
      for (const encoded of nodes) bytes(graph, 1, encoded);
      message(graph, 4, (versions) => void versions.tag(1, WireType.Varint).int32(producer));
    });
  });
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function bytes(writer: BinaryWriter, field: number, value: Uint8Array): void {
  writer.tag(field, WireType.LengthDelimited).bytes(value);
}
