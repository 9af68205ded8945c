import { createRandom } from '../../../platform/random.ts';
import type { WorkColumn } from '../../columns.ts';
import type { Target } from '../../design.ts';
import { binsOf } from './mutual-information.ts';
import { growForest, leafOf, type BinnedRows, type SmallTree } from './small-forest.ts';

/** Rows that a column's importance is worked out from; of more, as many are drawn. */
export const mostPermuted = 10_000;
const binsOfNumbers = 32;
const mostLevels = 256;
const trees = 40;
const shuffles = 5;

/**
 * By column how much worse a forest predicts rows that it did not learn from when the column's values are shuffled among them (Breiman 2001;
 * the mean over five shuffles), as a share of the variance of what is predicted: how much of R2 goes, of classes how much of Brier's skill. Of
 * the rows three quarters are learned from and one quarter is predicted, all by the seed. Near 0, below it too, for a column that tells nothing.
 */
export function permutationImportance(
  columns: readonly WorkColumn[],
  target: Target,
  seed: number,
): number[] {
  const random = createRandom(seed);
  const all = target.task === 'regression' ? target.values.length : target.codes.length;
  const drawn = random.shuffle(Int32Array.from({ length: all }, (_, row) => row)).subarray(0, mostPermuted);
  const quarter = Math.max(1, Math.floor(drawn.length / 4));
  const held = drawn.slice(0, quarter);
  const learned = drawn.slice(quarter);
  if (learned.length === 0) return columns.map(() => 0);
  const data = binned(columns, target, learned);
  const forest = growForest(data, learned, trees, random);
  const asked = walk(forest, data, held, columns.length);
  const variance = varianceOf(data, held);
  if (variance === 0) return columns.map(() => 0);
  const base = errorOf(data, held, asked.said);
  return asked.places.map((places, column) => {
    if (places.length === 0) return 0;
    let worse = 0;
    for (let k = 0; k < shuffles; k++) {
      const others = random.shuffle(held.slice());
      const now = asked.said.slice();
      for (const place of places) {
        const at = place % held.length;
        const tree = forest[(place - at) / held.length]!;
        add(now, at, tree.means[asked.leaves[place]!]!, -1 / trees);
        const leaf = leafOf(tree, data, held[at]!, { column, row: others[at]! });
        add(now, at, tree.means[leaf]!, 1 / trees);
      }
      worse += errorOf(data, held, now) - base;
    }
    return worse / shuffles / variance;
  });
}

interface Asked {
  /** What the forest says of each row. */
  readonly said: Float64Array;
  /** By tree and row the leaf it falls in. */
  readonly leaves: Int32Array;
  /** By column the places (tree x rows + row) where the tree asks for it on the row's way: elsewhere its value changes nothing. */
  readonly places: readonly (readonly number[])[];
}

function walk(forest: readonly SmallTree[], data: BinnedRows, held: Int32Array, columns: number): Asked {
  const said = new Float64Array(held.length * data.outputs);
  const leaves = new Int32Array(forest.length * held.length);
  const places = Array.from({ length: columns }, (): number[] => []);
  forest.forEach((tree, t) => {
    held.forEach((row, i) => {
      const place = t * held.length + i;
      const leaf = leafOf(tree, data, row, undefined, (column) => {
        if (places[column]!.at(-1) !== place) places[column]!.push(place);
      });
      leaves[place] = leaf;
      add(said, i, tree.means[leaf]!, 1 / forest.length);
    });
  });
  return { said, leaves, places };
}

function add(to: Float64Array, row: number, means: Float64Array, share: number): void {
  const at = row * means.length;
  for (let k = 0; k < means.length; k++) to[at + k]! += means[k]! * share;
}

/** Mean over the rows of the squared error, summed over the outputs. */
function errorOf({ outputs, output, value }: BinnedRows, rows: Int32Array, said: Float64Array): number {
  let total = 0;
  rows.forEach((row, i) => {
    for (let k = 0; k < outputs; k++) {
      const truth = output[row] === k ? value[row]! : 0;
      total += (said[i * outputs + k]! - truth) ** 2;
    }
  });
  return total / rows.length;
}

function varianceOf(data: BinnedRows, rows: Int32Array): number {
  const means = new Float64Array(data.outputs);
  for (const row of rows) means[data.output[row]!]! += data.value[row]! / rows.length;
  const said = new Float64Array(rows.length * data.outputs);
  rows.forEach((_, i) => add(said, i, means, 1));
  return errorOf(data, rows, said);
}

function binned(columns: readonly WorkColumn[], target: Target, learned: Int32Array): BinnedRows {
  const goal = goalOf(target);
  const coded = columns.map((column): { values: Uint16Array; bins: number } => {
    const labels = binsOf(column, binsOfNumbers);
    if (column.kind === 'number') return countLabels(labels);
    return countLabels(ranked(labels, column.levels.length + 1, goal, learned));
  });
  return {
    columns: coded.map(({ values }) => values),
    bins: coded.map(({ bins }) => bins),
    ...goal,
  };
}

function countLabels(labels: Int32Array): { values: Uint16Array; bins: number } {
  return {
    values: Uint16Array.from(labels),
    bins: labels.reduce((most, label) => Math.max(most, label), 0) + 1,
  };
}

type Goal = Pick<BinnedRows, 'outputs' | 'output' | 'value'>;

function goalOf(target: Target): Goal {
  if (target.task === 'regression') {
    const { values } = target;
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    return { outputs: 1, output: new Int32Array(values.length), value: values.map((value) => value - mean) };
  }
  const { codes, classes } = target;
  return { outputs: classes.length, output: codes, value: new Float64Array(codes.length).fill(1) };
}

/**
 * Levels in an order that a tree can cut: by the mean of what is predicted in the rows learned from (of classes: of the most frequent one), and
 * those beyond the most frequent 255 as one.
 */
function ranked(labels: Int32Array, levels: number, goal: Goal, learned: Int32Array): Int32Array {
  const totals = new Float64Array(goal.outputs);
  for (const row of learned) totals[goal.output[row]!]!++;
  const common = totals.indexOf(Math.max(...totals));
  const sums = new Float64Array(levels);
  const counts = new Float64Array(levels);
  for (const row of learned) {
    counts[labels[row]!]!++;
    if (goal.output[row] === common) sums[labels[row]!]! += goal.value[row]!;
  }
  const frequent = [...counts.keys()]
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, mostLevels - 1);
  const meanOf = (level: number): number => (counts[level] === 0 ? 0 : sums[level]! / counts[level]!);
  const placeOf = new Int32Array(levels);
  frequent
    .toSorted((a, b) => meanOf(a) - meanOf(b) || a - b)
    .forEach((level, place) => (placeOf[level] = place + 1));
  return labels.map((label) => placeOf[label]!);
}
