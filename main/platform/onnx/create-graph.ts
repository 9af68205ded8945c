import { create, toBinary } from '@bufbuild/protobuf';
import {
  elementTypes,
  onnxVersions,
  type ElementType,
  type OnnxAttribute,
  type OnnxAttributes,
  type OnnxDomain,
  type OnnxGraph,
  type OnnxTensor,
  type OnnxValue,
} from './graph.ts';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type ValueInfoProto,
} from './onnx_pb.ts';
import { tensorProto } from './tensor-proto.ts';

/** A graph that can be written out. */
export interface OnnxGraphWriter extends OnnxGraph {
  /** The whole model as bytes. `metadata` is text by key, stored in key order (`metadata_props`). */
  finish(metadata?: Readonly<Record<string, string>>): Uint8Array;
}

interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
  readonly domain: OnnxDomain;
}

/** `name` is the graph's own name: letters, digits, - and _. */
export function createOnnxGraph(name: string): OnnxGraphWriter {
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  const constants: { readonly id: OnnxValue; readonly tensor: OnnxTensor }[] = [];
  const nodes: Node[] = [];
  const known = new Set<string>();
  const taken = new Set<string>();
  let column: OnnxValue | undefined;

  const isValue = (id: string): id is OnnxValue => known.has(id);
  const claim = (publicName: string): string => {
    if (publicName === '') throw new Error('an ONNX input or output needs a name');
    if (taken.has(publicName))
      throw new Error(`the ONNX graph has two inputs or outputs called "${publicName}"`);
    taken.add(publicName);
    return publicName;
  };
  const value = (kind: 'c' | 'v', index: number): OnnxValue => {
    const id = `${kind}${index}`;
    known.add(id);
    if (!isValue(id)) throw new Error(`"${id}" was not kept`);
    return id;
  };
  const append = (node: Omit<Node, 'outputs'>, count: number): readonly OnnxValue[] => {
    const unknown = node.inputs.find((input) => !known.has(input));
    if (unknown !== undefined)
      throw new Error(`${node.op} uses "${unknown}", which this ONNX graph does not hold`);
    const made = Array.from({ length: count }, () => value('v', known.size));
    nodes.push({ ...node, outputs: made });
    return made;
  };
  const constant = (tensor: OnnxTensor): OnnxValue => {
    const id = value('c', known.size);
    constants.push({ id, tensor });
    return id;
  };

  return {
    input(inputName, type) {
      inputs.push(valueInfo(claim(inputName), type, ['N']));
      column ??= constant({ type: 'int64', shape: [2], data: [-1, 1] });
      const id = value('v', known.size);
      nodes.push({
        op: 'Reshape',
        inputs: [`${external}${inputName}`, column],
        outputs: [id],
        attributes: {},
        domain: '',
      });
      return id;
    },
    constant,
    node(op, from, attributes = {}, domain = '') {
      const [made] = append({ op, inputs: from, attributes, domain }, 1);
      if (made === undefined) throw new Error(`${op} made no value`);
      return made;
    },
    nodes: (op, from, count, attributes = {}, domain = '') =>
      append({ op, inputs: from, attributes, domain }, count),
    output(outputName, from, type) {
      if (!known.has(from))
        throw new Error(`output "${outputName}" names "${from}", which this ONNX graph does not hold`);
      outputs.push(valueInfo(claim(outputName), type, ['N', 1]));
      nodes.push({
        op: 'Identity',
        inputs: [from],
        outputs: [`${external}${outputName}`],
        attributes: {},
        domain: '',
      });
    },
    finish(metadata = {}) {
      const prefix = freePrefix(taken);
      const spell = (id: string) => (id.startsWith(external) ? id.slice(external.length) : prefix + id);
      const model = create(ModelProtoSchema, {
        irVersion: BigInt(onnxVersions.ir),
        producerName: 'holdfast',
        graph: create(GraphProtoSchema, {
          name,
          input: inputs,
          output: outputs,
          initializer: constants.map(({ id, tensor }) => tensorProto(spell(id), tensor)),
          node: nodes.map((node, index) =>
            create(NodeProtoSchema, {
              name: `${prefix}n${index}`,
              opType: node.op,
              domain: node.domain,
              input: node.inputs.map(spell),
              output: node.outputs.map(spell),
              attribute: Object.entries(node.attributes).sort(byKey).map(attributeProto),
            }),
          ),
        }),
        opsetImport: Object.entries(onnxVersions.domains).map(([domain, version]) => ({
          domain,
          version: BigInt(version),
        })),
        metadataProps: Object.entries(metadata)
          .sort(byKey)
          .map(([key, text]) => ({ key, value: text })),
      });
      return toBinary(ModelProtoSchema, model);
    },
  };
}

/** Marks names people chose, so that a column called `v3` is not taken for a value of ours. */
const external = '\u0000';

/** A prefix for our own value names that no column or output name begins with. */
function freePrefix(taken: ReadonlySet<string>): string {
  let prefix = '/';
  while ([...taken].some((name) => name.startsWith(prefix))) prefix += '/';
  return prefix;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

function valueInfo(name: string, type: ElementType, shape: readonly (string | number)[]): ValueInfoProto {
  const dim = shape.map((size) => ({
    value:
      typeof size === 'string'
        ? { case: 'dimParam' as const, value: size }
        : { case: 'dimValue' as const, value: BigInt(size) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: elementTypes[type], shape: { dim } } } },
  });
}

function attributeProto([name, attribute]: readonly [string, OnnxAttribute]): AttributeProto {
  return create(AttributeProtoSchema, { name, ...attributeValue(attribute) });
}

function attributeValue(attribute: OnnxAttribute) {
  const text = new TextEncoder();
  if (typeof attribute === 'number') return { type: AttributeType.FLOAT, f: attribute };
  if (typeof attribute === 'bigint') return { type: AttributeType.INT, i: attribute };
  if (typeof attribute === 'string') return { type: AttributeType.STRING, s: text.encode(attribute) };
  if ('ints' in attribute) return { type: AttributeType.INTS, ints: attribute.ints.map(BigInt) };
  if ('floats' in attribute) return { type: AttributeType.FLOATS, floats: [...attribute.floats] };
  if ('tensor' in attribute) return { type: AttributeType.TENSOR, t: tensorProto('', attribute.tensor) };
  return { type: AttributeType.STRINGS, strings: attribute.map((item) => text.encode(item)) };
}
