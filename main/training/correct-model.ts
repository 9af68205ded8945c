import { fail } from '../../preload/contract/errors.ts';
import {
  fitCalibration,
  fitConformal,
  type Calibration,
  type Labelled,
  type ModelArtifact,
} from '../models/index.ts';
import { gatherTarget, type CalibrationMethod, type ResolvedRecipe, type Target } from '../recipes/index.ts';
import { takePlaces } from './across-folds.ts';
import { predictDesign } from './predict-table.ts';

export interface CorrectedModel {
  readonly artifact: ModelArtifact;
  readonly notes: readonly string[];
}

type Wanted = Pick<ResolvedRecipe, 'calibrate' | 'conformal'>;

/** What a model said of rows that it was not trained on, and the truth. */
export interface SaidOfRows {
  readonly predictions: Float64Array;
  readonly target: Target;
  readonly weights?: Float64Array;
}

/**
 * What a recipe asks to be learned from the validation rows once the model is there: honest probabilities, and how far off it is. Where
 * both are asked for they get every other row each, as one must not be judged on the rows of the other.
 */
export function correctModel(
  artifact: ModelArtifact,
  { calibrate, conformal }: Wanted,
  { design, target, weights }: Labelled,
): CorrectedModel {
  if (calibrate === undefined && !conformal) return { artifact, notes: [] };
  if (design.rows === 0) {
    throw fail('validation-rows-none', { what: calibrate === undefined ? 'conformal' : 'calibrate' });
  }
  const all = Int32Array.from({ length: design.rows }, (_, row) => row);
  const both = calibrate !== undefined && conformal === true;
  const of = (predictions: Float64Array, places: Int32Array): SaidOfRows => ({
    predictions: takePlaces(predictions, places, Math.max(1, artifact.classes.length)),
    target: gatherTarget(target, places),
    ...(weights ? { weights: takePlaces(weights, places, 1) } : {}),
  });
  const notes: string[] = [];
  let corrected = artifact;
  if (calibrate !== undefined && target.task === 'classification') {
    const rows = both ? all.filter((row) => row % 2 === 0) : all;
    const calibration = calibrationOf(calibrate, of(predictDesign(artifact, design), rows));
    corrected = { ...corrected, calibration };
    notes.push(calibrationNote(calibrate, `${rows.length} validation rows`));
  }
  if (conformal) {
    const rows = both ? all.filter((row) => row % 2 === 1) : all;
    if (rows.length === 0) throw fail('validation-rows-none', { what: 'conformal' });
    const scores = missesOf(of(predictDesign(corrected, design), rows));
    corrected = { ...corrected, conformal: fitConformal(scores) };
    notes.push(conformalNote(`${rows.length} validation rows`));
  }
  return { artifact: corrected, notes };
}

/**
 * The same where the split has folds, from what their models said of the rows outside their folds: maps from all of them (scikit-learn's
 * CalibratedClassifierCV with `ensemble=False`), and how far off predictions are, calibrated by the rows of the other folds.
 */
export function correctByFolds(
  artifact: ModelArtifact,
  { calibrate, conformal }: Wanted,
  said: SaidOfRows,
  judged: SaidOfRows,
): CorrectedModel {
  const notes: string[] = [];
  const where = ({ predictions }: SaidOfRows): string =>
    `${predictions.length / Math.max(1, artifact.classes.length)} rows outside their folds`;
  let corrected = artifact;
  if (calibrate !== undefined && said.target.task === 'classification') {
    corrected = { ...corrected, calibration: calibrationOf(calibrate, said) };
    notes.push(calibrationNote(calibrate, where(said)));
  }
  if (conformal) {
    corrected = { ...corrected, conformal: fitConformal(missesOf(judged)) };
    notes.push(conformalNote(where(judged)));
  }
  return { artifact: corrected, notes };
}

/** The maps from what a model of classes said to honest probabilities. */
export function calibrationOf(
  method: CalibrationMethod,
  { predictions, target, weights }: SaidOfRows,
): Calibration {
  if (target.task === 'regression') throw new TypeError('numbers have no probabilities');
  const { classes, codes } = target;
  return fitCalibration(method, {
    classes,
    probabilities: predictions,
    codes,
    ...(weights ? { weights } : {}),
  });
}

/** How far off each prediction is: the absolute error, or 1 less the probability of the true class. */
function missesOf({ predictions, target }: SaidOfRows): Float64Array {
  if (target.task === 'regression') {
    return target.values.map((value, row) => Math.abs(value - predictions[row]!));
  }
  const width = target.classes.length;
  return Float64Array.from(target.codes, (code, row) => 1 - predictions[row * width + code]!);
}

function calibrationNote(method: CalibrationMethod, rows: string): string {
  return `probabilities were made honest by ${method === 'platt' ? "Platt's sigmoid" : 'isotonic regression'} on ${rows}`;
}

function conformalNote(rows: string): string {
  return `how far predictions are off was learned from ${rows}`;
}
