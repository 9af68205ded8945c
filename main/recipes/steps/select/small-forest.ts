import type { Random } from '../../../platform/random.ts';

/** Rows by columns, each value a bin from 0; and what is to be predicted, spread over `outputs` numbers a row. */
export interface BinnedRows {
  /** By column, a bin per row. */
  readonly columns: readonly Uint16Array[];
  /** By column, how many bins there are. */
  readonly bins: readonly number[];
  readonly outputs: number;
  /** By row, which output `value` stands at; the others are 0. A number to predict has one output. */
  readonly output: Int32Array;
  readonly value: Float64Array;
}

export interface SmallTree {
  /** By node the column it asks for, -1 in a leaf. */
  readonly column: readonly number[];
  /** Rows whose bin is at most so many go left. */
  readonly upTo: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** By node `outputs` numbers: the mean of its rows. */
  readonly means: readonly Float64Array[];
}

const mostDepth = 10;

/**
 * Random forest of regression trees by squared error, of classes by their 0/1 outputs, which is Gini's criterion (Breiman 2001): each tree from a
 * bootstrap sample, each split from a third of the columns, each leaf of at least five rows and of more where there are thousands.
 */
export function growForest(data: BinnedRows, rows: Int32Array, trees: number, random: Random): SmallTree[] {
  return Array.from({ length: trees }, () => {
    const drawn = Int32Array.from(rows, () => rows[random.integer(rows.length)]!);
    return growTree(data, drawn, random);
  });
}

function growTree(data: BinnedRows, drawn: Int32Array, random: Random): SmallTree {
  const tree = {
    column: [] as number[],
    upTo: [] as number[],
    left: [] as number[],
    right: [] as number[],
    means: [] as Float64Array[],
  };
  const most = Math.max(...data.bins, 1);
  const sums = new Float64Array(most * data.outputs);
  const counts = new Float64Array(most);
  const left = new Float64Array(data.outputs);
  const fewest = Math.max(5, Math.floor(drawn.length / 500));
  const order = Int32Array.from(data.columns.keys());
  const tried = Math.ceil(data.columns.length / 3);
  const grow = (from: number, to: number, depth: number): number => {
    const node = tree.column.length;
    const total = new Float64Array(data.outputs);
    for (let i = from; i < to; i++) total[data.output[drawn[i]!]!]! += data.value[drawn[i]!]!;
    tree.column.push(-1);
    tree.upTo.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.means.push(total.map((sum) => sum / (to - from)));
    if (depth === mostDepth || to - from < 2 * fewest) return node;
    let best = { column: -1, upTo: 0, gain: squares(total, to - from) * (1 + 1e-12) + 1e-12 };
    for (let k = 0; k < tried; k++) {
      const other = k + random.integer(order.length - k);
      [order[k], order[other]] = [order[other]!, order[k]!];
      const column = order[k]!;
      const values = data.columns[column]!;
      const bins = data.bins[column]!;
      sums.fill(0, 0, bins * data.outputs);
      counts.fill(0, 0, bins);
      for (let i = from; i < to; i++) {
        const row = drawn[i]!;
        const bin = values[row]!;
        sums[bin * data.outputs + data.output[row]!]! += data.value[row]!;
        counts[bin]!++;
      }
      const split = bestSplit({ sums, counts, bins, total, left, rows: to - from, fewest });
      if (split.gain > best.gain) best = { column, ...split };
    }
    if (best.column < 0) return node;
    const values = data.columns[best.column]!;
    let middle = from;
    for (let i = from; i < to; i++) {
      if (values[drawn[i]!]! > best.upTo) continue;
      [drawn[i], drawn[middle]] = [drawn[middle]!, drawn[i]!];
      middle++;
    }
    tree.column[node] = best.column;
    tree.upTo[node] = best.upTo;
    tree.left[node] = grow(from, middle, depth + 1);
    tree.right[node] = grow(middle, to, depth + 1);
    return node;
  };
  grow(0, drawn.length, 0);
  return tree;
}

/** Sum of squared sums over the rows: the larger over both sides, the less squared error is left. */
function squares(sums: Float64Array, rows: number): number {
  let total = 0;
  for (const sum of sums) total += sum * sum;
  return total / rows;
}

interface Cells {
  /** By bin `outputs` sums. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly bins: number;
  readonly total: Float64Array;
  /** A place to add up in. */
  readonly left: Float64Array;
  readonly rows: number;
  readonly fewest: number;
}

function bestSplit({ sums, counts, bins, total, left, rows, fewest }: Cells): {
  readonly upTo: number;
  readonly gain: number;
} {
  const outputs = total.length;
  left.fill(0);
  let [before, best] = [0, { upTo: 0, gain: 0 }];
  for (let bin = 0; bin < bins - 1; bin++) {
    before += counts[bin]!;
    let [ofLeft, ofRight] = [0, 0];
    for (let k = 0; k < outputs; k++) {
      left[k]! += sums[bin * outputs + k]!;
      ofLeft += left[k]! ** 2;
      ofRight += (total[k]! - left[k]!) ** 2;
    }
    const after = rows - before;
    if (counts[bin] === 0 || before < fewest || after < fewest) continue;
    const gain = ofLeft / before + ofRight / after;
    if (gain > best.gain) best = { upTo: bin, gain };
  }
  return best;
}

/**
 * The leaf that a row falls in; where `instead` is given, with the bin that another row has in that column. `watch` is told the columns on its way,
 * the same one perhaps several times.
 */
export function leafOf(
  tree: SmallTree,
  { columns }: BinnedRows,
  row: number,
  instead?: { readonly column: number; readonly row: number },
  watch?: (column: number) => void,
): number {
  let node = 0;
  for (;;) {
    const column = tree.column[node]!;
    if (column < 0) return node;
    watch?.(column);
    const from = instead?.column === column ? instead.row : row;
    node = columns[column]![from]! <= tree.upTo[node]! ? tree.left[node]! : tree.right[node]!;
  }
}
