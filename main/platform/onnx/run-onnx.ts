import type { InferenceSession, Tensor } from 'onnxruntime-web';

/** One column of raw values: numbers (missing = NaN), text (missing = ''), whole numbers, or yes/no. */
export type OnnxColumn = Float64Array | BigInt64Array | readonly string[] | readonly boolean[];

/** An output as it comes out of the graph, flattened row-major. */
export interface OnnxOutput {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array | readonly string[];
}

/** An input as the graph declares it. */
export interface OnnxInput {
  readonly name: string;
  readonly type: string;
}

/** A loaded graph. Release it with `close`; the memory is outside the JavaScript heap. */
export interface OnnxSession {
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
  /**
   * `columns` by input name, all of one length; others are ignored. Throws the runtime's own words when they do not fit.
   */
  run(columns: Readonly<Record<string, OnnxColumn>>): Promise<Record<string, OnnxOutput>>;
  close(): Promise<void>;
}

/**
 * Opens a model with ONNX Runtime (WebAssembly, one thread, its file from the installed package: nothing is fetched).
 * The bytes must have been verified before: a graph is a program, though one without access to files or network.
 */
export async function openOnnx(bytes: Uint8Array): Promise<OnnxSession> {
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
  });
  const inputs = session.inputMetadata.map((input) => ({
    name: input.name,
    type: input.isTensor ? input.type : 'not a tensor',
  }));
  return {
    inputs,
    outputs: session.outputNames,
    async run(columns) {
      const feeds: Record<string, Tensor> = {};
      for (const { name, type } of inputs) {
        const column = columns[name];
        if (column === undefined) throw new Error(`input "${name}" is missing`);
        feeds[name] = toTensor(runtime, type, name, column);
      }
      return toOutputs(await session.run(feeds));
    },
    close: () => session.release(),
  };
}

/** One-off: opens, runs, closes. */
export async function runOnnx(
  bytes: Uint8Array,
  columns: Readonly<Record<string, OnnxColumn>>,
): Promise<Record<string, OnnxOutput>> {
  const session = await openOnnx(bytes);
  try {
    return await session.run(columns);
  } finally {
    await session.close();
  }
}

type Runtime = typeof import('onnxruntime-web');

async function loadRuntime(): Promise<Runtime> {
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'error';
  return runtime;
}

/** As the graph declares it: an empty column has no type of its own. */
function toTensor(runtime: Runtime, type: string, name: string, column: OnnxColumn): Tensor {
  const shape = [column.length];
  switch (type) {
    case 'float64':
      return new runtime.Tensor('float64', Float64Array.from(column, Number), shape);
    case 'int64':
      return new runtime.Tensor('int64', BigInt64Array.from(column, BigInt), shape);
    case 'bool':
      return new runtime.Tensor('bool', Uint8Array.from(column, Number), shape);
    case 'string':
      return new runtime.Tensor('string', Array.from<unknown, string>(column, String), shape);
    default:
      throw new Error(
        `input "${name}" is of type ${type}; only double, int64, bool and string columns can be fed`,
      );
  }
}

function toOutputs(results: InferenceSession.OnnxValueMapType): Record<string, OnnxOutput> {
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => [
      name,
      { shape: tensor.dims, data: outputData(name, tensor) },
    ]),
  );
}

function outputData(name: string, { data, type }: Tensor): OnnxOutput['data'] {
  if (
    data instanceof Float64Array ||
    data instanceof Float32Array ||
    data instanceof BigInt64Array ||
    data instanceof Int32Array ||
    data instanceof Uint8Array ||
    Array.isArray(data)
  ) {
    return data;
  }
  throw new Error(`output "${name}" is of type ${type}, which is not read here`);
}
