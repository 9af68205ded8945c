import { fillBlock, openLightgbm } from '../../platform/lightgbm/index.ts';
import type { Design } from '../../recipes/index.ts';
import type { ModelArtifact } from '../family.ts';
import { checkLayout, treeColumns } from './layout.ts';
import { writeLightgbm } from './lightgbm-text.ts';
import { readTreeModel } from './tree-model.ts';

/** What each feature adds to a row's score: `expected[k]` and the row's values of output k add up to score k. */
export interface TreeContributions {
  readonly rows: number;
  readonly features: readonly string[];
  /** Scores per row, on the scale before the link (amounts, logarithms, log odds, or class shares). */
  readonly outputs: number;
  /** rows x outputs x features, row-major. */
  readonly values: Float64Array;
  /** Mean score over the training rows, by the rows that each leaf saw. */
  readonly expected: Float64Array;
}

const blockRows = 4096;

/**
 * Exact TreeSHAP (Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for trees", path-dependent)
 * by LightGBM, for any model of trees. The text LightGBM reads is written here from checked tensors: it never sees bytes from a file.
 * `turn` is called between blocks of rows and may throw. Throws `engine-missing`.
 */
export async function treeContributions(
  artifact: ModelArtifact,
  design: Design,
  turn: () => Promise<void>,
): Promise<TreeContributions> {
  const { spec, trees } = readTreeModel(artifact);
  checkLayout(artifact.family, spec.layout, design);
  const { divisor, shift, scale } = spec.outcome;
  const columns = treeColumns(design);
  const { outputs } = trees;
  const features = columns.length;
  const engine = await openLightgbm();
  const text = writeLightgbm(trees, features);
  const values = new Float64Array(design.rows * outputs * features);
  const expected = new Float64Array(outputs);
  for (let first = 0; first < Math.max(1, design.rows); first += blockRows) {
    // Without rows, one of nothing still tells what is expected.
    const count = Math.max(1, Math.min(blockRows, design.rows - first));
    const block = new Float64Array(count * features);
    if (design.rows > 0) fillBlock(block, columns, first, count);
    const found = engine.contributions(text, block, { rows: count, features, outputs });
    for (let i = 0; i < count * outputs; i++) {
      const from = i * (features + 1);
      expected[i % outputs] = (found[from + features]! / divisor) * scale + shift;
      if (design.rows === 0) continue;
      const to = (first * outputs + i) * features;
      for (let j = 0; j < features; j++) values[to + j] = (found[from + j]! / divisor) * scale;
    }
    await turn();
  }
  return { rows: design.rows, features: artifact.features, outputs, values, expected };
}
