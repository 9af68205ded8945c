import { binColumn, cellText, isMissing } from '../../checks/index.ts';
import type { Comparison, Slice, WrittenCosts } from '../../../preload/contract/evaluation.ts';
import { fail } from '../../../preload/contract/errors.ts';
import {
  compareOutcomes,
  costMatrix,
  costsOf,
  coverageOf,
  lossName,
  metricIntervals,
  rowLosses,
  slicesOf,
  thresholdsOf,
  type BootstrapResult,
  type CostsFound,
  type Coverage,
  type Scored,
  type SliceColumn,
  type Thresholds,
} from '../../evaluation/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { readSplit, splitRows } from '../../recipes/index.ts';
import { scoreWithin } from '../predict-table.ts';
import { featureValues, testOutcome, type JudgedRun } from './test-outcome.ts';

export { sizesOfRun } from './sizes.ts';

export interface IntervalsInput {
  readonly judged: JudgedRun;
  readonly resamples: number;
  readonly level: number;
  readonly seed: number;
}

export async function intervalsOfRun(
  { judged, ...options }: IntervalsInput,
  context: TaskContext,
): Promise<BootstrapResult & { readonly rows: number }> {
  const outcome = await testOutcome(judged, context);
  const { signal, progress } = context;
  const result = await metricIntervals(outcome, {
    ...options,
    signal,
    progress: (fraction) => progress(0.1 + 0.9 * fraction, 'drawing rows again and again'),
  });
  return { ...result, rows: outcome.rows.length };
}

export interface ThresholdsInput {
  readonly judged: JudgedRun;
  readonly falsePositiveCost: number;
  readonly falseNegativeCost: number;
}

export async function thresholdsOfRun(
  { judged, ...costs }: ThresholdsInput,
  context: TaskContext,
): Promise<Thresholds & { readonly positive: string; readonly rows: number }> {
  const { scored } = await testOutcome(judged, context);
  if (scored.task === 'regression' || scored.classes.length !== 2) {
    const found = scored.task === 'regression' ? 'a number' : `${scored.classes.length} classes`;
    throw fail('evaluation-not-binary', { run: judged.run, what: 'thresholds', found });
  }
  const result = thresholdsOf(scored, costs);
  return { ...result, positive: scored.classes[1]!, rows: scored.rows };
}

export interface CostsInput {
  readonly judged: JudgedRun;
  readonly costs: WrittenCosts;
}

export async function costsOfRun(
  { judged, costs }: CostsInput,
  context: TaskContext,
): Promise<CostsFound & { readonly sentence: string; readonly notes: readonly string[] }> {
  const { scored, artifact } = await testOutcome(judged, context);
  if (scored.task === 'regression') throw fail('evaluation-not-classes', { run: judged.run, what: 'costs' });
  const found = costsOf(scored, costMatrix(scored.classes, costs));
  const notes = artifact.calibration
    ? []
    : [
        'the decision is as good as the probabilities; "calibrate" in the recipe makes them honest where they are not',
      ];
  return { ...found, sentence: costSentence(found), notes };
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

function costSentence({ usual, cheapest, always, saved }: CostsFound): string {
  const ends =
    saved.low === null || saved.high === null ? '' : ` (95 %: ${short(saved.low)} to ${short(saved.high)})`;
  const against = `${short(cheapest.cost)} a row instead of ${short(usual.cost)}`;
  const how =
    saved.difference === 0
      ? `deciding by cost costs the same as taking the most likely class: ${short(usual.cost)} a row`
      : saved.low !== null && saved.low > 0
        ? `deciding by cost is cheaper: ${against}, ${short(saved.difference)} saved${ends}`
        : saved.high !== null && saved.high < 0
          ? `deciding by cost is dearer: ${against}${ends}; the probabilities are not honest`
          : `no difference shows: ${against}${ends}`;
  return always.cost <= cheapest.cost
    ? `${how}; always deciding for "${always.class}" costs ${short(always.cost)}, so the model is not worth its mistakes`
    : how;
}

export interface CoverageInput {
  readonly judged: JudgedRun;
  readonly level: number;
}

export interface LearnedCoverage extends Coverage {
  /** How many rows the intervals were learned from, and which. */
  readonly learned: number;
  readonly learnedFrom: 'validation' | 'folds';
  readonly task: Scored['task'];
}

/** Throws `model-without-intervals` and `conformal-level` too. */
export async function coverageOfRun(
  { judged, level }: CoverageInput,
  context: TaskContext,
): Promise<LearnedCoverage> {
  const { scored, artifact } = await testOutcome(judged, context);
  const score = scoreWithin(artifact, level);
  const learnedFrom = judged.recipe.split.folds === undefined ? 'validation' : 'folds';
  return {
    learned: artifact.conformal?.rows ?? 0,
    learnedFrom,
    task: scored.task,
    ...coverageOf(scored, score),
  };
}

export interface SlicesInput {
  readonly judged: JudgedRun;
  readonly by: readonly string[];
  readonly minRows: number;
}

export interface SlicesResult {
  readonly rows: number;
  readonly loss: ReturnType<typeof lossName>;
  readonly overall: number;
  readonly slices: readonly Slice[];
  readonly worst: readonly Slice[];
}

export async function slicesOfRun(
  { judged, by, minRows }: SlicesInput,
  context: TaskContext,
): Promise<SlicesResult> {
  const { features } = judged.recipe;
  const unknown = by.find((name) => !features.includes(name));
  if (unknown !== undefined) {
    throw fail('slice-column-unknown', { run: judged.run, column: unknown, known: [...features] });
  }
  const { rows, scored } = await testOutcome(judged, context);
  const columns: SliceColumn[] = [];
  for await (const column of featureValues(judged, by.length ? by : features, rows, context)) {
    const { name, labels, reference } = binColumn(column.name, column, column);
    columns.push({ name, labels, codes: reference });
  }
  context.progress(0.5, 'looking at every part');
  return { rows: rows.length, loss: lossName(scored), ...slicesOf(columns, rowLosses(scored), minRows) };
}

export interface CompareRunsInput {
  readonly a: JudgedRun;
  readonly b: JudgedRun;
}

export async function compareJudged(
  { a, b }: CompareRunsInput,
  context: TaskContext,
): Promise<{
  readonly rows: number;
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
}> {
  const testRows = async ({ split }: JudgedRun) =>
    splitRows(readSplit(await context.reader.get(split)), 'test');
  const [ofA, ofB] = [await testRows(a), await testRows(b)];
  const inB = new Set(ofB);
  const shared = new Set(ofA.filter((row) => inB.has(row)));
  if (shared.size < 2) {
    const reason = shared.size === 0 ? 'no row is a test row of both' : 'one row only is a test row of both';
    throw fail('runs-not-comparable', { a: a.run, b: b.run, reason });
  }
  const x = await testOutcome(a, context, shared);
  context.progress(0.4, 'predicting with the second model');
  const y = await testOutcome(b, context, shared);
  const notes =
    shared.size === ofA.length && shared.size === ofB.length
      ? []
      : [
          `the runs have other test rows: ${shared.size.toLocaleString('en')} are in both (of ${ofA.length.toLocaleString('en')} and ${ofB.length.toLocaleString('en')}), and of those the models may have seen more or fewer like them`,
        ];
  return { rows: shared.size, comparisons: compareOutcomes(x.scored, y.scored), notes };
}

export interface ErrorsInput {
  readonly judged: JudgedRun;
  readonly limit: number;
}

export interface ErrorsResult {
  readonly rows: number;
  readonly loss: ReturnType<typeof lossName>;
  readonly errors: readonly {
    readonly row: number;
    readonly actual: string | number;
    readonly predicted: string | number;
    readonly loss: number;
    readonly probability: number | null;
    readonly values: Readonly<Record<string, string | null>>;
  }[];
}

export async function errorsOfRun(
  { judged, limit }: ErrorsInput,
  context: TaskContext,
): Promise<ErrorsResult> {
  const { rows, scored } = await testOutcome(judged, context);
  const losses = rowLosses(scored);
  const worst = Int32Array.from(losses.keys())
    .sort((a, b) => losses[b]! - losses[a]! || a - b)
    .subarray(0, limit);
  const places = Int32Array.from(worst, (at) => rows[at]!);
  const values = Array.from(worst, (): Record<string, string | null> => ({}));
  for await (const column of featureValues(judged, judged.recipe.features, places, context)) {
    values.forEach((row, i) => (row[column.name] = isMissing(column, i) ? null : cellText(column, i)));
  }
  return {
    rows: rows.length,
    loss: lossName(scored),
    errors: Array.from(worst, (at, i) => ({
      row: rows[at]! + 1,
      ...answersOf(scored, at),
      loss: losses[at]!,
      values: values[i]!,
    })),
  };
}

function answersOf(scored: Scored, at: number) {
  if (scored.task === 'regression') {
    return { actual: scored.actual[at]!, predicted: scored.predicted[at]!, probability: null };
  }
  const { classes, actual, predicted, probabilities } = scored;
  return {
    actual: classes[actual[at]!]!,
    predicted: classes[predicted[at]!]!,
    probability: probabilities[at * classes.length + actual[at]!]!,
  };
}
