import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs-core';
import type * as wasm from '@tensorflow/tfjs-backend-wasm';

export interface Wasm {
  readonly tf: typeof tfjs;
  /** Of tfjs: `4.22.0`. */
  readonly version: string;
  readonly detail: string;
  /** Makes new tensors this backend's. tfjs has one current backend; call it before each run of statements that make tensors. */
  activate(): void;
}

let loading: Promise<Wasm> | undefined;

/** tfjs-core on its WebAssembly backend, one thread; the .wasm files come from the package, never from a network. */
export function loadWasm(): Promise<Wasm> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Wasm> {
  const require = createRequire(import.meta.url);
  const tf: typeof tfjs = require('@tensorflow/tfjs-core');
  const backend: typeof wasm = require('@tensorflow/tfjs-backend-wasm');
  const main = require.resolve('@tensorflow/tfjs-backend-wasm');
  backend.setWasmPaths(join(dirname(main), sep));
  backend.setThreadsCount(1);
  const restore = keepListeners();
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend of tfjs did not start');
  restore();
  tf.enableProdMode();
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  return {
    tf,
    version: backend.version_wasm,
    activate: () => {
      // Takes effect at once for a backend that has started.
      if (tf.getBackend() !== 'wasm') void tf.setBackend('wasm');
    },
    detail: `tfjs-backend-wasm ${backend.version_wasm}, ${simd ? 'SIMD' : 'no SIMD'}, 1 thread, V8 ${process.versions.v8}`,
  };
}

/** The backend's loader listens to the whole process's errors; how a process ends is the host's business. Returns the undoing. */
function keepListeners(): () => void {
  const emitter: NodeJS.EventEmitter = process;
  const added: (readonly [string, (...args: unknown[]) => void])[] = [];
  const watch = (event: string, listener: (...args: unknown[]) => void): void => {
    if (event === 'uncaughtException' || event === 'unhandledRejection') added.push([event, listener]);
  };
  emitter.on('newListener', watch);
  return () => {
    emitter.off('newListener', watch);
    for (const [event, listener] of added) emitter.off(event, listener);
  };
}
