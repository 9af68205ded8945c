import { createRandom } from '../../platform/random.ts';

/** Random trees as flat arrays. A child is a node (0 or more, later than its parent) or a leaf (`~leaf`, negative). */
export interface IsolationForest {
  /** Rows that each tree was grown on. */
  readonly sample: number;
  readonly roots: Int32Array;
  readonly features: Int32Array;
  /** Left when `value <= threshold`. */
  readonly thresholds: Float64Array;
  /** nodes x 2: left, right. */
  readonly children: Int32Array;
  /** Splits on the way to each leaf, and how many more its training rows would have needed on average. */
  readonly paths: Float64Array;
}

export interface ForestOptions {
  readonly trees: number;
  /** Rows of each tree, drawn without repetition; fewer where there are fewer. */
  readonly sample: number;
  readonly seed: number;
}

/**
 * Isolation forest (Liu, Ting and Zhou 2008): each tree splits a few rows at random, a column at a time at a uniform place between its
 * smallest and largest value there, until each row stands alone or `log2(sample)` splits were made. Unusual rows stand alone early.
 * Columns are all of one length, finite. `turn` is called between trees.
 */
export async function growIsolationForest(
  columns: readonly Float64Array[],
  { trees, sample: wanted, seed }: ForestOptions,
  turn: (tree: number) => Promise<void>,
): Promise<IsolationForest> {
  const rows = columns[0]?.length ?? 0;
  const sample = Math.min(wanted, rows);
  const deepest = Math.ceil(Math.log2(Math.max(2, sample)));
  const random = createRandom(seed);
  const everyone = Int32Array.from({ length: rows }, (_, row) => row);
  const roots: number[] = [];
  const features: number[] = [];
  const thresholds: number[] = [];
  const children: number[] = [];
  const paths: number[] = [];
  for (let tree = 0; tree < trees; tree++) {
    // The first places of a shuffle, whatever order the last tree left.
    for (let i = 0; i < sample; i++) {
      const j = i + random.integer(rows - i);
      const held = everyone[i]!;
      everyone[i] = everyone[j]!;
      everyone[j] = held;
    }
    const waiting = [
      { rows: everyone.slice(0, sample), depth: 0, tell: (child: number): unknown => roots.push(child) },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { rows: here, depth, tell } = next;
      const split = depth < deepest && here.length > 1 ? drawSplit() : undefined;
      if (!split) {
        tell(~paths.length);
        paths.push(depth + averagePath(here.length));
        continue;
      }
      const node = features.length;
      tell(node);
      features.push(split.feature);
      thresholds.push(split.threshold);
      children.push(0, 0);
      const values = columns[split.feature]!;
      for (const side of [1, 0] as const) {
        waiting.push({
          rows: here.filter((row) => values[row]! <= split.threshold === (side === 0)),
          depth: depth + 1,
          tell: (child) => (children[2 * node + side] = child),
        });
      }

      function drawSplit(): { feature: number; threshold: number } | undefined {
        const left = Array.from(columns, (_, feature) => feature);
        while (left.length > 0) {
          const at = random.integer(left.length);
          const feature = left[at]!;
          left[at] = left.at(-1)!;
          left.pop();
          let low = Infinity;
          let high = -Infinity;
          for (const row of here) {
            low = Math.min(low, columns[feature]![row]!);
            high = Math.max(high, columns[feature]![row]!);
          }
          if (low === high) continue;
          const threshold = low + random.uniform() * (high - low);
          // Rounding must not leave a side without rows.
          return { feature, threshold: threshold < high ? threshold : low };
        }
        return undefined;
      }
    }
    await turn(tree + 1);
  }
  return {
    sample,
    roots: Int32Array.from(roots),
    features: Int32Array.from(features),
    thresholds: Float64Array.from(thresholds),
    children: Int32Array.from(children),
    paths: Float64Array.from(paths),
  };
}

const euler = 0.577_215_664_901_532_9;

/** Mean depth of an unsuccessful search in a binary search tree of `rows` (Liu, Ting and Zhou 2008, equation 1). */
export function averagePath(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + euler) - (2 * (rows - 1)) / rows;
}

/**
 * Scores in (0, 1], 2 to the power of minus the mean path over the average one: near 1 for rows that stand alone at once, 0.5 where they
 * are like all. scikit-learn's `score_samples` is minus this.
 */
export async function isolationScores(
  { sample, roots, features, thresholds, children, paths }: IsolationForest,
  columns: readonly Float64Array[],
  turn: (tree: number) => Promise<void> = () => Promise.resolve(),
): Promise<Float64Array> {
  const rows = columns[0]?.length ?? 0;
  const sums = new Float64Array(rows);
  for (const [tree, root] of roots.entries()) {
    for (let row = 0; row < rows; row++) {
      let at = root;
      while (at >= 0) at = children[2 * at + (columns[features[at]!]![row]! <= thresholds[at]! ? 0 : 1)]!;
      sums[row]! += paths[~at]!;
    }
    await turn(tree + 1);
  }
  const usual = averagePath(sample) * roots.length;
  return sums.map((sum) => (usual > 0 ? 2 ** (-sum / usual) : 0.5));
}
