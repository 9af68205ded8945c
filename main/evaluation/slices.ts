import type { Slice } from '../../preload/contract/evaluation.ts';
import { holm, studentQuantile, studentTwoSided } from '../math/index.ts';

/** A feature cut into few named parts, one code a row. */
export interface SliceColumn {
  readonly name: string;
  readonly labels: readonly string[];
  readonly codes: Uint8Array;
}

export interface Slices {
  readonly overall: number;
  readonly slices: readonly Slice[];
  readonly worst: readonly Slice[];
}

const shownWorst = 20;
const mostPaired = 25;

interface Part {
  readonly columns: readonly SliceColumn[];
  readonly codes: readonly number[];
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Mean loss of each part against all other rows, with Welch's interval of the difference (Welch 1947). Parts of two features are
 * looked at for the worst ones; a pair is told only where it is worse than each of its two features alone.
 */
export function slicesOf(columns: readonly SliceColumn[], losses: Float64Array, minRows: number): Slices {
  let sum = 0;
  let squares = 0;
  for (const loss of losses) {
    sum += loss;
    squares += loss * loss;
  }
  const n = losses.length;
  const enough = ({ rows }: Part): boolean => rows >= minRows && n - rows >= 2;
  const single = columns.flatMap((column) => partsOf([column], losses).filter(enough));
  const paired = columns
    .slice(0, mostPaired)
    .flatMap((a, i) =>
      columns.slice(i + 1, mostPaired).flatMap((b) => partsOf([a, b], losses).filter(enough)),
    );
  const all = [...single, ...paired];
  const tested = all.map((part) => compareRest(part, { n, sum, squares }));
  const adjusted = holm(tested.map(({ p }) => p));
  const described = all.map((part, i): Slice => {
    const { loss, others, low, high } = tested[i]!;
    return {
      slice: part.columns.map(({ labels }, k) => labels[part.codes[k]!]!).join(', '),
      columns: part.columns.map(({ name }) => name),
      rows: part.rows,
      share: part.rows / n,
      loss,
      others,
      low,
      high,
      adjusted: adjusted[i]!,
    };
  });
  const slices = described.slice(0, single.length);
  const alone = new Map(
    single.map((part, i) => [`${part.columns[0]!.name} ${part.codes[0]}`, slices[i]!.loss]),
  );
  const worst = described.filter((slice, i) => {
    if (slice.adjusted >= 0.05 || slice.loss <= slice.others) return false;
    const { columns: of, codes } = all[i]!;
    return of.length === 1 || of.every(({ name }, k) => slice.loss > (alone.get(`${name} ${codes[k]}`) ?? 0));
  });
  return {
    overall: n === 0 ? 0 : sum / n,
    slices,
    worst: worst.toSorted((a, b) => b.loss - b.others - (a.loss - a.others)).slice(0, shownWorst),
  };
}

function partsOf(columns: readonly SliceColumn[], losses: Float64Array): Part[] {
  const [a, b] = columns;
  const width = b?.labels.length ?? 1;
  const size = a!.labels.length * width;
  const [rows, sums, squares] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < losses.length; row++) {
    const code = a!.codes[row]! * width + (b ? b.codes[row]! : 0);
    const loss = losses[row]!;
    rows[code]! += 1;
    sums[code]! += loss;
    squares[code]! += loss * loss;
  }
  return [...rows.keys()]
    .filter((code) => rows[code]! > 0)
    .map((code) => ({
      columns,
      codes: b ? [Math.floor(code / width), code % width] : [code],
      rows: rows[code]!,
      sum: sums[code]!,
      squares: squares[code]!,
    }));
}

function compareRest(
  { rows, sum, squares }: Part,
  all: { readonly n: number; readonly sum: number; readonly squares: number },
): { loss: number; others: number; low: number | null; high: number | null; p: number } {
  const rest = { rows: all.n - rows, sum: all.sum - sum, squares: all.squares - squares };
  const loss = sum / rows;
  const others = rest.sum / rest.rows;
  const [va, vb] = [squaredError({ rows, sum, squares }), squaredError(rest)];
  const error = Math.sqrt(va + vb);
  if (!(error > 0)) return { loss, others, low: null, high: null, p: 1 };
  const df = (va + vb) ** 2 / (va ** 2 / (rows - 1) + vb ** 2 / (rest.rows - 1));
  const spread = studentQuantile(0.975, df) * error;
  return {
    loss,
    others,
    low: loss - others - spread,
    high: loss - others + spread,
    p: studentTwoSided((loss - others) / error, df),
  };
}

/** Variance of the mean. */
function squaredError({ rows, sum, squares }: Pick<Part, 'rows' | 'sum' | 'squares'>): number {
  return Math.max(0, (squares - (sum * sum) / rows) / (rows - 1)) / rows;
}
