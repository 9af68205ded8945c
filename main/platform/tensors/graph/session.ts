import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs-node';
import type { Output } from './graph-def.ts';
import type { TensorFlow } from '../tensorflow.ts';

export type Feeds = readonly (readonly [Output, tfjs.Tensor])[];

/** A graph loaded into TensorFlow. Its variables live until `dispose`. */
export interface GraphSession {
  /** Runs what `outputs` need and returns their values; the caller keeps the feeds. */
  run(feeds: Feeds, outputs: readonly Output[]): (Float32Array | Int32Array)[];
  dispose(): void;
}

/** The graph reaches TensorFlow as a SavedModel in a private temporary folder, which is gone when this returns. */
export function openSession(tensorflow: TensorFlow, savedModel: Uint8Array): GraphSession {
  const { backend } = tensorflow;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-graph-'));
  let session: number | undefined;
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel, { mode: 0o600 });
    session = backend.loadSavedModelMetaGraph(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  let open = true;
  return {
    run(feeds, outputs) {
      tensorflow.activate();
      const values = feeds.map(([, tensor]) => tensor);
      const names = feeds.map(([name]) => ({ name: `${name}:0` }));
      const results = backend.runSavedModel(session, values, names, outputs.map(withIndex));
      return results.map((tensor) => {
        const data = tensor.dataSync();
        tensor.dispose();
        if (!(data instanceof Float32Array || data instanceof Int32Array))
          throw new Error(`a graph returned ${tensor.dtype}, expected float32 or int32`);
        return data;
      });
    },
    dispose() {
      if (open) backend.deleteSavedModel(session);
      open = false;
    },
  };
}

function withIndex(output: Output): string {
  return output.includes(':') ? output : `${output}:0`;
}
