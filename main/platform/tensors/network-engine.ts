import type { Engine } from '../../../preload/contract/common.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { findTensorFlow } from './find-tensorflow.ts';
import type { NetworkRows, NetworkShape, NetworkTrainer, NetworkWeights } from './network/network.ts';

/** What trains dense networks. Every engine does the same arithmetic, in float32; the last bits differ between them. */
export interface NetworkEngine extends Engine {
  /**
   * Takes the rows in, for as long as the trainer lives; their arrays must not change meanwhile. `validation` may have 0 rows.
   * All rows are held in memory: 4 bytes a value, so a million rows of 50 columns take 200 MB.
   */
  createTrainer(
    shape: NetworkShape,
    start: NetworkWeights,
    train: NetworkRows,
    validation: NetworkRows,
  ): NetworkTrainer;
}

/** What `HOLDFAST_ENGINE` asks for, if anything. */
function wanted(): 'tensorflow' | 'wasm' | undefined {
  const name = process.env['HOLDFAST_ENGINE'];
  if (name === undefined || name === '') return undefined;
  if (name === 'tensorflow' || name === 'wasm') return name;
  throw fail('engine-missing', {
    engine: name,
    how: 'HOLDFAST_ENGINE is "tensorflow" or "wasm", or not set',
  });
}

/**
 * TensorFlow where its library is, else WebAssembly; `HOLDFAST_ENGINE` forces one. Nothing of either is loaded before this is called.
 * Throws `engine-missing` when the forced one is not there.
 * `find` looks for TensorFlow's library; tests hide it.
 */
export async function openNetworkEngine(
  engine: 'tensorflow' | 'wasm' | undefined = wanted(),
  find = findTensorFlow,
): Promise<NetworkEngine> {
  if (engine === 'wasm') return openWasm();
  const found = await find();
  if (found.state === 'ready') {
    try {
      return await openTensorFlow();
    } catch (error) {
      // The library was there and did not load: said by `doctor`, and the reason is the cause here.
      if (engine) throw fail('engine-missing', { engine: 'TensorFlow', how: 'run `npm run engines`' }, error);
    }
  } else if (engine) {
    throw fail('engine-missing', { engine: 'TensorFlow', how: found.how });
  }
  return openWasm();
}

/** Which engine networks would be trained with, without loading it. */
export async function networkEngineId(): Promise<'tensorflow' | 'wasm'> {
  return wanted() ?? ((await findTensorFlow()).state === 'ready' ? 'tensorflow' : 'wasm');
}

async function openTensorFlow(): Promise<NetworkEngine> {
  const { loadTensorFlow } = await import('./tensorflow.ts');
  const { createTensorFlowTrainer } = await import('./network/tensorflow-network.ts');
  const tensorflow = loadTensorFlow();
  const { version, detail } = tensorflow;
  return {
    id: 'tensorflow',
    version,
    detail,
    createTrainer: (shape, start, train, validation) =>
      createTensorFlowTrainer(tensorflow, shape, start, train, validation),
  };
}

async function openWasm(): Promise<NetworkEngine> {
  const { loadWasm } = await import('./wasm.ts');
  const { createWasmTrainer } = await import('./network/wasm-network.ts');
  const wasm = await loadWasm();
  const { version, detail } = wasm;
  return {
    id: 'wasm',
    version,
    detail,
    createTrainer: (shape, start, train, validation) =>
      createWasmTrainer(wasm, shape, start, train, validation),
  };
}
