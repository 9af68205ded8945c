import { fail } from '../../../preload/contract/errors.ts';
import type { DatasetParameters, TreeDataset } from './dataset.ts';
import { parameterText } from './dataset.ts';
import { check, handleFrom, type Library, type Out } from './library.ts';

/** A model in training. */
export interface Booster {
  /**
   * One more iteration; true when no tree could be split any more and nothing was added. Rejects with `cancelled` as soon as the
   * signal is aborted; a long iteration then ends by itself in another thread, and what it uses is freed after it.
   */
  update(signal: AbortSignal): Promise<boolean>;
  /** The first metric on the training rows or the validation rows. */
  loss(of: 'train' | 'validation'): number;
  /** The first `iterations` iterations in LightGBM's text format, version 4. */
  text(iterations: number): string;
  /** Resolved when no iteration is under way. */
  readonly idle: () => Promise<void>;
  dispose(): void;
}

/** Values (rows x columns) beyond which an iteration runs in another thread, so that this one can be told to stop. */
const longIteration = 20_000_000;

/** Starts a model on binned rows. The datasets must outlive it. */
export function createBooster(
  library: Library,
  train: TreeDataset,
  validation: TreeDataset | undefined,
  parameters: DatasetParameters,
  columns: number,
): Booster {
  const handle = handleFrom(library, (out) =>
    library.createBooster(train.handle, parameterText(parameters), out),
  );
  if (validation) {
    try {
      check(library, library.addValidation(handle, validation.handle));
    } catch (error) {
      library.freeBooster(handle);
      throw error;
    }
  }
  const long = train.rows * columns > longIteration;
  let busy: Promise<number> | undefined;
  const free = (): void => void library.freeBooster(handle);
  return {
    async update(signal) {
      const finished = [0];
      if (long) {
        busy = library.updateAsync(handle, finished);
        check(library, await unlessAborted(busy, signal));
        busy = undefined;
      } else {
        check(library, library.update(handle, finished));
      }
      return finished[0] === 1;
    },
    async idle() {
      await busy?.catch(() => undefined);
    },
    loss(of) {
      const results = new Float64Array(8);
      check(library, library.evaluate(handle, of === 'train' ? 0 : 1, [0], results));
      return results[0] ?? Number.NaN;
    },
    text(iterations) {
      const needed: Out = [0n];
      const save = (out: Uint8Array | null): void =>
        check(library, library.saveModel(handle, 0, iterations, 1, BigInt(out?.length ?? 0), needed, out));
      save(null);
      const bytes = new Uint8Array(Number(needed[0]));
      save(bytes);
      return new TextDecoder().decode(bytes.subarray(0, -1));
    },
    dispose() {
      if (busy) void busy.then(free, free);
      else free();
    },
  };
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(fail('cancelled', { what: 'training' }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const done = (): void => signal.removeEventListener('abort', abort);
    work.then(resolve, reject).finally(done);
  });
}

/**
 * What each feature adds to the raw score of each row, by exact TreeSHAP: rows x outputs x (features + 1), row-major, the expected score
 * last. `block` holds rows x features doubles. `text` is a model in LightGBM's format; it must be one this program wrote.
 */
export function textContributions(
  library: Library,
  text: string,
  block: Float64Array,
  { rows, features, outputs }: { readonly rows: number; readonly features: number; readonly outputs: number },
): Float64Array {
  const contributions = 3;
  return predicted(
    library,
    text,
    block,
    { rows, features, size: rows * outputs * (features + 1) },
    contributions,
  );
}

/** Raw scores, rows x outputs, by LightGBM itself; what this program's own prediction is compared with. */
export function textScores(
  library: Library,
  text: string,
  block: Float64Array,
  { rows, features, outputs }: { readonly rows: number; readonly features: number; readonly outputs: number },
): Float64Array {
  const rawScore = 1;
  return predicted(library, text, block, { rows, features, size: rows * outputs }, rawScore);
}

function predicted(
  library: Library,
  text: string,
  block: Float64Array,
  { rows, features, size }: { readonly rows: number; readonly features: number; readonly size: number },
  kind: number,
): Float64Array {
  const handle = handleFrom(library, (out) => library.loadModel(text, [0], out));
  try {
    const out = new Float64Array(size);
    if (rows === 0) return out;
    check(
      library,
      library.predict(
        handle,
        block,
        1,
        rows,
        features,
        1,
        kind,
        0,
        -1,
        'predict_disable_shape_check=true',
        [0n],
        out,
      ),
    );
    return out;
  } finally {
    library.freeBooster(handle);
  }
}
