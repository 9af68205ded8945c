import { fail } from '../../preload/contract/errors.ts';
import type { WrittenCosts } from '../../preload/contract/evaluation.ts';
import { costMatrix, leastCost } from '../evaluation/index.ts';
import { conformalScore, modelPredictions, rowsForLevel, type ModelArtifact } from '../models/index.ts';
import { applyPipeline, type Design, type FittedPipeline, type RawColumn } from '../recipes/index.ts';

/** What a model says of rows. */
export interface Predictions {
  readonly rows: number;
  /** Empty for regression. */
  readonly classes: readonly string[];
  /** One value per row, or rows x classes probabilities, row-major. */
  readonly values: Float64Array;
  /** Where intervals are asked for: the level, and how far off a prediction is within it. */
  readonly within?: { readonly level: number; readonly score: number };
  /** Where costs are given: for each row the class of least expected cost, and that cost. */
  readonly decisions?: ReturnType<typeof leastCost>;
}

/** What is asked beside predictions. */
export interface PredictOptions {
  /** Intervals that hold for this share of new rows. */
  readonly level?: number | undefined;
  /** What mistakes cost, for decisions of least expected cost. */
  readonly costs?: WrittenCosts | undefined;
}

/** A model's predictions, from model inputs. Refuses what is not a number, so that no nonsense leaves here. */
export function predictDesign(artifact: ModelArtifact, design: Design): Float64Array {
  const values = modelPredictions(artifact, design);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const row = Math.floor(bad / Math.max(1, artifact.classes.length)) + 1;
    throw fail('prediction-not-finite', { family: artifact.family, row });
  }
  return values;
}

/** A model's predictions, from raw columns. */
export function predictTable(
  pipeline: FittedPipeline,
  artifact: ModelArtifact,
  columns: readonly RawColumn[],
  { level, costs }: PredictOptions = {},
): Predictions {
  const within = level === undefined ? {} : { within: { level, score: scoreWithin(artifact, level) } };
  if (costs !== undefined && artifact.classes.length === 0)
    throw fail('model-without-classes', { family: artifact.family });
  const matrix = costs === undefined ? undefined : costMatrix(artifact.classes, costs);
  const design = applyPipeline(pipeline, columns);
  const values = predictDesign(artifact, design);
  return {
    rows: design.rows,
    classes: artifact.classes,
    values,
    ...within,
    ...(matrix ? { decisions: leastCost(values, matrix) } : {}),
  };
}

/** Throws `model-without-intervals` or `conformal-level`. */
export function scoreWithin({ family, conformal }: ModelArtifact, level: number): number {
  if (!conformal) throw fail('model-without-intervals', { family });
  const score = conformalScore(conformal, level);
  if (score !== undefined) return score;
  throw fail('conformal-level', { level, rows: conformal.rows, needed: rowsForLevel(level) });
}

/** What stands beside a prediction for its level: the ends of an interval, or the classes that can't be ruled out. */
export function boundsOf(predictions: Predictions, row: number): Record<string, number | string> {
  const { classes, values, within } = predictions;
  if (!within) return {};
  const width = classes.length;
  if (width === 0) {
    const value = values[row] ?? NaN;
    return { low: value - within.score, high: value + within.score };
  }
  const kept = classes.filter((_, k) => 1 - (values[row * width + k] ?? 0) <= within.score);
  return { classes: kept.join(' | ') };
}

/** The class of least expected cost of a row, and that cost, where costs are given. */
export function decisionOf(
  { classes, decisions }: Predictions,
  row: number,
): Record<string, number | string> {
  if (!decisions) return {};
  const { decided, expected } = decisions;
  return { decision: classes[decided[row] ?? 0] ?? '', expected_cost: expected[row] ?? NaN };
}

/** The predicted value of a row: the number, or the class with the highest probability (of equal ones the first). */
export function predictedValue({ classes, values }: Predictions, row: number): number | string {
  if (classes.length === 0) return values[row] ?? NaN;
  let best = 0;
  for (let i = 1; i < classes.length; i++) {
    if ((values[row * classes.length + i] ?? 0) > (values[row * classes.length + best] ?? 0)) best = i;
  }
  return classes[best] ?? '';
}

/** One row as people and programs read it: `prediction`, and for classes `probability_CLASS`. */
export function predictionRecord(predictions: Predictions, row: number): Record<string, number | string> {
  const { classes, values } = predictions;
  return {
    prediction: predictedValue(predictions, row),
    ...decisionOf(predictions, row),
    ...boundsOf(predictions, row),
    ...Object.fromEntries(
      classes.map((label, i) => [`probability_${label}`, values[row * classes.length + i] ?? NaN]),
    ),
  };
}
