import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs-node';

/** What this code uses of tfjs-node's backend; its own type is not exported. */
interface GraphBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(
    session: number,
    inputs: readonly tfjs.Tensor[],
    names: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): tfjs.Tensor[];
  deleteSavedModel(session: number): void;
  getNumOfSavedModels(): number;
  getNumOfTFTensors(): number;
}

export interface TensorFlow {
  readonly tf: typeof tfjs;
  readonly backend: GraphBackend;
  /** Of the native library: `2.21.0`. */
  readonly version: string;
  /** What can change the last bits. */
  readonly detail: string;
  /** Makes new tensors TensorFlow's. tfjs has one current backend; call it before each run of statements that make tensors. */
  activate(): void;
}

let loaded: TensorFlow | undefined;

/**
 * TensorFlow's native library, loaded on first use (about half a second). One thread: the nets of this product gain nothing from more,
 * and one thread makes the same bytes from the same seed. A negative inter-op count runs every operation in the calling thread,
 * which also means that memory shared with JavaScript is only ever released there.
 */
export function loadTensorFlow(): TensorFlow {
  if (loaded) return loaded;
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '0';
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1';
  process.env['TF_NUM_INTEROP_THREADS'] ??= '-1';
  const require = createRequire(import.meta.url);
  // tfjs-node calls a function that Node 23 removed.
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf: typeof tfjs = require('@tensorflow/tfjs-node');
  const backend: unknown = tf.backend();
  if (!isGraphBackend(backend)) throw new Error(`tfjs runs on "${tf.getBackend()}", expected TensorFlow`);
  tf.enableProdMode();
  const oneDnn = process.env['TF_ENABLE_ONEDNN_OPTS'] === '0' ? 'no oneDNN' : 'oneDNN';
  const threads = process.env['TF_NUM_INTRAOP_THREADS'];
  loaded = {
    tf,
    backend,
    version: backend.binding.TF_Version,
    activate: () => {
      // Takes effect at once for a backend that has started.
      if (tf.getBackend() !== 'tensorflow') void tf.setBackend('tensorflow');
    },
    detail: `tfjs-node ${tf.version['tfjs-node']}, ${threads === '1' ? '1 thread' : `${threads} threads`}, ${oneDnn}`,
  };
  return loaded;
}

type Bound = GraphBackend & { readonly binding: { readonly TF_Version: string } };

function isGraphBackend(backend: unknown): backend is Bound {
  return (
    typeof backend === 'object' && backend !== null && 'runSavedModel' in backend && 'binding' in backend
  );
}
