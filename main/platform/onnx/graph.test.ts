import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { oracles, runOracle } from '../../testing/python-oracle.ts';
import { createOnnxGraph } from './create-graph.ts';
import { ModelProtoSchema } from './onnx_pb.ts';
import { openOnnx, runOnnx } from './run-onnx.ts';

/** Every kind of input, attribute and constant there is; `double`, `text`, `whole` and `flag` columns with awkward names. */
function sample(metadata?: Record<string, string>): Uint8Array {
  const graph = createOnnxGraph('sample');
  const size = graph.input('Größe in m²', 'double');
  const city = graph.input('/v3', 'string');
  const rooms = graph.input('rooms', 'int64');
  const pool = graph.input('c0', 'bool');
  const missing = graph.node('IsNaN', [size]);
  const mean = graph.constant({ type: 'double', shape: [], data: [92.25] });
  const codes = graph.node(
    'LabelEncoder',
    [city],
    { keys_strings: ['Köln', ''], values_int64s: { ints: [0, 1] }, default_int64: -1n },
    'ai.onnx.ml',
  );
  const offsets = graph.constant({ type: 'double', shape: [3], data: [100, 200, 300] });
  const [filled] = graph.nodes('Identity', [graph.node('Where', [missing, mean, size])], 1);
  const shifted = graph.node('Add', [codes, graph.constant({ type: 'int64', shape: [1], data: [1] })]);
  const parts = [
    filled ?? size,
    graph.node('Gather', [offsets, shifted], { axis: 0n }),
    graph.node('Cast', [rooms], { to: 11n }),
    graph.node('Cast', [pool], { to: 11n }),
  ];
  const weights = graph.constant({ type: 'double', shape: [4, 1], data: [1, 1, 1000, 5000] });
  graph.output(
    'prediction',
    graph.node('MatMul', [graph.node('Concat', parts, { axis: 1n }), weights]),
    'double',
  );
  graph.output('codes', codes, 'int64');
  return graph.finish(metadata);
}

const columns = {
  'Größe in m²': Float64Array.of(50.5, Number.NaN, 70),
  '/v3': ['Köln', '', 'Bonn'],
  rooms: BigInt64Array.of(2n, 3n, 4n),
  c0: [true, false, true],
};
const expected = [50.5 + 200 + 2000 + 5000, 92.25 + 300 + 3000, 70 + 100 + 4000 + 5000];

describe('an ONNX graph', () => {
  it('runs: raw columns in, one [N, 1] output per name', async () => {
    const results = await runOnnx(sample(), columns);
    expect(results['prediction']).toEqual({ shape: [3, 1], data: Float64Array.from(expected) });
    expect(results['codes']).toEqual({ shape: [3, 1], data: BigInt64Array.of(0n, 1n, -1n) });
  });

  it('is the same bytes each time, whatever the order of the metadata', () => {
    const one = sample({ model: 'houses', version: '3' });
    expect(sample({ version: '3', model: 'houses' })).toEqual(one);
    expect(sample({ model: 'houses', version: '4' })).not.toEqual(one);
  });

  it('keeps the names of inputs and outputs, and its own apart from them', () => {
    const { graph, irVersion, opsetImport } = fromBinary(ModelProtoSchema, sample());
    expect(graph?.input.map((input) => input.name)).toEqual(['Größe in m²', '/v3', 'rooms', 'c0']);
    expect(graph?.output.map((output) => output.name)).toEqual(['prediction', 'codes']);
    const names = [
      ...(graph?.input ?? []).map((input) => input.name),
      ...(graph?.initializer ?? []).map((constant) => constant.name),
      ...(graph?.node ?? []).flatMap((node) => node.output),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(irVersion).toBe(8n);
    expect(opsetImport.map((set) => [set.domain, set.version])).toEqual([
      ['', 17n],
      ['ai.onnx.ml', 3n],
    ]);
  });

  it('takes a batch of none', async () => {
    const results = await runOnnx(sample(), {
      'Größe in m²': new Float64Array(),
      '/v3': [],
      rooms: new BigInt64Array(),
      c0: [],
    });
    expect(results['prediction']).toEqual({ shape: [0, 1], data: new Float64Array() });
  });

  it('says which column is missing', async () => {
    const session = await openOnnx(sample());
    const { rooms: _, ...rest } = columns;
    await expect(session.run(rest)).rejects.toThrow('input "rooms" is missing');
    await session.close();
  });

  it('refuses a name twice, a foreign value and a tensor of another size', () => {
    const graph = createOnnxGraph('wrong');
    const size = graph.input('size', 'double');
    expect(() => graph.input('size', 'double')).toThrow('two inputs or outputs called "size"');
    expect(() => graph.output('size', size, 'double')).toThrow('two inputs or outputs called "size"');
    const other = createOnnxGraph('other');
    other.input('a', 'double');
    other.input('b', 'double');
    const foreign = other.constant({ type: 'double', shape: [], data: [1] });
    expect(() => graph.node('Neg', [foreign])).toThrow('which this ONNX graph does not hold');
    graph.constant({ type: 'double', shape: [2, 2], data: [1] });
    expect(() => graph.finish()).toThrow('shape [2, 2] needs 4 values, got 1');
  });

  it.skipIf(oracles === undefined)(
    'passes the real ONNX checker and runs the same in native ONNX Runtime',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-onnx-'));
      try {
        await writeFile(join(folder, 'model.onnx'), sample({ model: 'houses' }));
        const program = `
import json, numpy as np, onnx, onnxruntime
model = onnx.load('model.onnx')
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession('model.onnx', providers=['CPUExecutionProvider'])
out = session.run(['prediction'], {
  'Größe in m²': np.array([50.5, np.nan, 70.0]), '/v3': np.array(['Köln', '', 'Bonn'], dtype=object),
  'rooms': np.array([2, 3, 4], dtype=np.int64), 'c0': np.array([True, False, True])})[0]
print(json.dumps({'values': out.reshape(-1).tolist(), 'ir': model.ir_version}))
`;
        expect(JSON.parse(await runOracle(['-c', program], { cwd: folder }))).toEqual({
          values: expected,
          ir: 8,
        });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
