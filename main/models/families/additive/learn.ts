import { fail } from '../../../../preload/contract/errors.ts';
import { createRandom } from '../../../platform/random.ts';
import type { HistoryPoint } from '../../family.ts';
import type { Pace } from '../../pace.ts';
import type { Weighed } from '../../take-rows.ts';
import { axisColumns, binsOf, makeAxis, type Axis } from '../../axes.ts';
import { boost, emptyHistogram, fillHistogram, type Side, type Term } from './boost.ts';
import { growGrid } from './grow.ts';
import type { Loss } from './loss.ts';
import type { AdditiveParams } from './params.ts';

export interface LearnedTerm {
  readonly columns: readonly number[];
  readonly axes: readonly Axis[];
  /** cells x outputs: the mean over the bags, and the deviation. */
  readonly values: Float64Array;
  readonly spread: Float64Array;
  /** Training rows. */
  readonly rows: Float64Array;
}

export interface Learned {
  readonly terms: readonly LearnedTerm[];
  readonly rounds: readonly number[];
  readonly history: readonly HistoryPoint[];
}

export interface Part {
  readonly data: Weighed;
  readonly loss: Loss;
}

interface Draft {
  readonly columns: readonly number[];
  readonly axes: readonly Axis[];
  readonly term: Term;
}

interface Bag {
  readonly rows: Int32Array;
  readonly left: Int32Array;
}

const share = 0.85;
const gridBins = 16;
/** Of a pair that is looked for; finer ones only where they are named. */
const mostCells = 1000;

/** Curves first, then grids on what they leave; each a mean over the bags. */
export async function learnTerms(
  train: Part,
  check: Part | undefined,
  params: AdditiveParams,
  seed: number,
  pace: Pace,
  report: (fraction: number, message: string, point?: HistoryPoint) => void,
): Promise<Learned> {
  const columns = axisColumns(train.data.design);
  const checked = check ? axisColumns(check.data.design) : [];
  const draft = (which: readonly number[], bins: number, way: -1 | 0 | 1 = 0): Draft => {
    const axes = which.map((column) => makeAxis(columns[column]!, bins));
    const cellsOf = (from: typeof columns, rows: number): Int32Array => {
      const parts = which.map((column, a) => binsOf(axes[a]!, from[column]!, rows));
      if (parts.length === 1) return parts[0]!;
      return parts[0]!.map((bin, row) => bin * axes[1]!.bins + parts[1]![row]!);
    };
    const [a, b] = [axes[0]!.bins, axes[1]?.bins];
    return {
      columns: which,
      axes,
      term: {
        train: cellsOf(columns, train.data.design.rows),
        check: check ? cellsOf(checked, check.data.design.rows) : new Int32Array(),
        cells: a * (b ?? 1),
        ...(b === undefined ? {} : { grid: [a, b] as const }),
        levels: axes[0]!.kind === 'levels',
        way,
      },
    };
  };
  const ways = waysOf(columns, params, train.loss.outputs);
  const curves: Draft[] = [];
  for (const column of columns.keys()) {
    curves.push(draft([column], params.max_bins, ways[column] ?? 0));
    await pace.turn();
  }
  const bags = makeBags(train.data.design.rows, params.bags, seed);
  const wanted = pairsOf(
    columns.map(({ name }) => name),
    params,
  );
  const stages = wanted.length > 0 || params.interactions > 0 ? 2 : 1;
  const first = await learnStage(curves, bags, train, check, undefined, params, pace, (done, point) =>
    report(done / stages, 'fitting the curves', point),
  );
  const learned = [...first.terms];
  if (stages === 2) {
    const found = await findPairs(columns.length, wanted, draft, first.means, train, params, pace);
    const grids = await learnStage(found, bags, train, check, first.bases, params, pace, (done) =>
      report((1 + done) / stages, 'fitting the pairs'),
    );
    learned.push(...grids.terms);
  }
  return { terms: learned, rounds: first.rounds, history: first.history };
}

interface Base {
  readonly train: Float64Array;
  readonly check: Float64Array;
}

async function learnStage(
  drafts: readonly Draft[],
  bags: readonly Bag[],
  train: Part,
  check: Part | undefined,
  bases: readonly Base[] | undefined,
  params: AdditiveParams,
  pace: Pace,
  report: (fraction: number, point?: HistoryPoint) => void,
) {
  const { outputs, start } = train.loss;
  const terms = drafts.map(({ term }) => term);
  const all: (readonly Float64Array[])[] = [];
  const after: Base[] = [];
  const rounds: number[] = [];
  let history: readonly HistoryPoint[] = [];
  for (const [b, bag] of bags.entries()) {
    const base = bases?.[b] ?? {
      train: repeated(start, train.data.design.rows),
      check: repeated(start, check?.data.design.rows ?? 0),
    };
    const side: Side = {
      loss: train.loss,
      rows: bag.rows,
      weights: train.data.weights,
      scores: base.train.slice(),
    };
    const watched: Side | undefined = check
      ? {
          loss: check.loss,
          rows: Int32Array.from({ length: check.data.design.rows }, (_, row) => row),
          weights: check.data.weights,
          scores: base.check.slice(),
        }
      : bag.left.length > 0
        ? { ...side, rows: bag.left }
        : undefined;
    const {
      values,
      rounds: run,
      history: points,
    } = await boost(
      terms,
      side,
      watched,
      check === undefined,
      {
        rounds: params.max_rounds,
        rate: params.learning_rate,
        patience: params.early_stopping_rounds,
        leaves: params.max_leaves,
        leastRows: params.min_samples_leaf,
        l2: params.l2,
      },
      pace,
      (done, point) => report((b + done) / bags.length, b === 0 ? point : undefined),
    );
    if (b === 0) history = points;
    all.push(values);
    rounds.push(run);
    after.push({
      train: added(
        base.train,
        terms.map((term) => term.train),
        values,
        outputs,
      ),
      check: added(
        base.check,
        terms.map((term) => term.check),
        values,
        outputs,
      ),
    });
  }
  const means = new Float64Array(train.data.design.rows * outputs);
  for (const { train: scores } of after) scores.forEach((score, i) => (means[i]! += score / after.length));
  return {
    terms: drafts.map((one, t) =>
      average(
        one,
        all.map((values) => values[t]!),
        outputs,
      ),
    ),
    bases: after,
    means,
    rounds,
    history,
  };
}

function repeated(start: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows * start.length }, (_, i) => start[i % start.length]!);
}

function added(
  base: Float64Array,
  cells: readonly Int32Array[],
  values: readonly Float64Array[],
  outputs: number,
): Float64Array {
  const scores = base.slice();
  cells.forEach((of, t) => {
    of.forEach((cell, row) => {
      for (let k = 0; k < outputs; k++) scores[row * outputs + k]! += values[t]![cell * outputs + k]!;
    });
  });
  return scores;
}

function average(
  { columns, axes, term }: Draft,
  bags: readonly Float64Array[],
  outputs: number,
): LearnedTerm {
  const size = term.cells * outputs;
  const values = new Float64Array(size);
  const spread = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (const bag of bags) sum += bag[i]!;
    const mean = sum / bags.length;
    let squares = 0;
    for (const bag of bags) squares += (bag[i]! - mean) ** 2;
    values[i] = mean;
    spread[i] = Math.sqrt(squares / bags.length);
  }
  const rows = new Float64Array(term.cells);
  for (const cell of term.train) rows[cell]!++;
  return { columns, axes, values, spread, rows };
}

function makeBags(rows: number, count: number, seed: number): Bag[] {
  const everyone = Int32Array.from({ length: rows }, (_, row) => row);
  if (count === 1) return [{ rows: everyone, left: new Int32Array() }];
  const random = createRandom(seed);
  const size = Math.ceil(share * rows);
  return Array.from({ length: count }, () => {
    const drawn = random.shuffle(everyone.slice());
    return { rows: drawn.slice(0, size).sort(), left: drawn.slice(size).sort() };
  });
}

/** The pairs asked for, and of the others those whose best grid of four explains most (FAST: Lou et al. 2013). */
async function findPairs(
  count: number,
  wanted: readonly (readonly [number, number])[],
  draft: (which: readonly number[], bins: number) => Draft,
  means: Float64Array,
  train: Part,
  params: AdditiveParams,
  pace: Pace,
): Promise<Draft[]> {
  const chosen = wanted.map((pair) => draft(pair, gridBins));
  const side: Side = {
    loss: train.loss,
    rows: Int32Array.from({ length: train.data.design.rows }, (_, row) => row),
    weights: train.data.weights,
    scores: means,
  };
  const growth = { leaves: 4, leastRows: params.min_samples_leaf, l2: params.l2 };
  const found: { gain: number; pair: readonly [number, number] }[] = [];
  for (let a = 0; a < count && params.interactions > 0; a++) {
    for (let b = a + 1; b < count; b++) {
      if (wanted.some(([c, d]) => c === a && d === b)) continue;
      const { term } = draft([a, b], gridBins);
      if (!term.grid || term.cells > mostCells) continue;
      const histogram = emptyHistogram(term.cells);
      let gain = 0;
      for (let k = 0; k < train.loss.outputs; k++) {
        fillHistogram(histogram, term.train, side, k);
        gain += growGrid(histogram, term.grid[0], term.grid[1], growth);
      }
      found.push({ gain, pair: [a, b] });
      await pace.turn();
    }
  }
  found.sort((one, two) => two.gain - one.gain);
  return [...chosen, ...found.slice(0, params.interactions).map(({ pair }) => draft(pair, gridBins))];
}

function pairsOf(names: readonly string[], { pairs }: AdditiveParams): [number, number][] {
  return pairs.map((pair) => {
    const at = pair.map((name) => {
      const found = names.indexOf(name);
      if (found < 0) throw wrong('pairs', `there is no feature "${name}"; there are ${names.join(', ')}`);
      return found;
    });
    const [a = 0, b = 0] = at.sort((one, two) => one - two);
    if (a === b) throw wrong('pairs', `"${names[a]}" stands beside itself`);
    return [a, b];
  });
}

function waysOf(
  columns: readonly { readonly name: string; readonly kind: string }[],
  { monotone_constraints: constraints }: AdditiveParams,
  outputs: number,
): (-1 | 0 | 1)[] {
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  for (const [name, way] of Object.entries(constraints)) {
    if (way === 0) continue;
    if (outputs > 1)
      throw wrong('monotone_constraints', `with ${outputs} classes no feature can be held to one way`);
    if (!numbers.includes(name))
      throw wrong(
        'monotone_constraints',
        `there is no number "${name}"; there are ${numbers.join(', ') || 'none'}`,
      );
  }
  return columns.map(({ name }) => constraints[name] ?? 0);
}

function wrong(param: string, message: string) {
  return fail('family-param', { family: 'additive', param, message });
}
