import { fail } from '../../../preload/contract/errors.ts';
import { createBooster, textContributions, textScores, type Booster } from './booster.ts';
import {
  createDataset,
  createDatasetLike,
  type DatasetParameters,
  type TreeDataset,
  type TreeRows,
} from './dataset.ts';
import { findLightgbm } from './find-lightgbm.ts';
import { loadLibrary } from './library.ts';

interface Size {
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
}

/** LightGBM's library, ready to work. */
export interface Lightgbm {
  readonly version: string;
  createDataset(
    rows: TreeRows,
    parameters: DatasetParameters,
    turn: () => Promise<void>,
  ): Promise<TreeDataset>;
  /** Rows binned as those of `reference` were. */
  createDatasetLike(reference: TreeDataset, rows: TreeRows, turn: () => Promise<void>): Promise<TreeDataset>;
  createBooster(
    train: TreeDataset,
    validation: TreeDataset | undefined,
    parameters: DatasetParameters,
    columns: number,
  ): Booster;
  /** See booster.ts; only ever for a text this program wrote: LightGBM crashes on many damaged ones. */
  contributions(text: string, block: Float64Array, size: Size): Float64Array;
  scores(text: string, block: Float64Array, size: Size): Float64Array;
}

/** Throws `engine-missing` saying how to get it. */
export async function openLightgbm(): Promise<Lightgbm> {
  const found = await findLightgbm();
  if (found.state === 'missing') throw fail('engine-missing', { engine: 'LightGBM', how: found.how });
  const library = loadLibrary(found.library);
  return {
    version: found.version,
    createDataset: (rows, parameters, turn) => createDataset(library, rows, parameters, turn),
    createDatasetLike: (reference, rows, turn) => createDatasetLike(library, reference, rows, turn),
    createBooster: (...args) => createBooster(library, ...args),
    contributions: (text, block, size) => textContributions(library, text, block, size),
    scores: (text, block, size) => textScores(library, text, block, size),
  };
}
