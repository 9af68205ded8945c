import { fail } from '../../preload/contract/errors.ts';
import { fitCalibration, fitConformal, type Labelled, type ModelArtifact } from '../models/index.ts';
import { gatherTarget, type ResolvedRecipe } from '../recipes/index.ts';
import { predictDesign } from './predict-table.ts';

export interface CorrectedModel {
  readonly artifact: ModelArtifact;
  readonly notes: readonly string[];
}

/**
 * What a recipe asks to be learned from the validation rows once the model is there: honest probabilities, and how far off it is. Where
 * both are asked for they get every other row each, as one must not be judged on the rows of the other.
 */
export function correctModel(
  artifact: ModelArtifact,
  { calibrate, conformal }: Pick<ResolvedRecipe, 'calibrate' | 'conformal'>,
  { design, target, weights }: Labelled,
): CorrectedModel {
  if (calibrate === undefined && !conformal) return { artifact, notes: [] };
  if (design.rows === 0) {
    throw fail('validation-rows-none', { what: calibrate === undefined ? 'conformal' : 'calibrate' });
  }
  const width = Math.max(1, artifact.classes.length);
  const all = Int32Array.from({ length: design.rows }, (_, row) => row);
  const both = calibrate !== undefined && conformal === true;
  const forMaps = both ? all.filter((row) => row % 2 === 0) : all;
  const forScores = both ? all.filter((row) => row % 2 === 1) : all;
  const notes: string[] = [];
  let corrected = artifact;
  if (calibrate !== undefined && target.task === 'classification') {
    const predicted = predictDesign(artifact, design);
    const calibration = fitCalibration(calibrate, {
      classes: artifact.classes,
      probabilities: Float64Array.from(
        { length: forMaps.length * width },
        (_, i) => predicted[forMaps[Math.floor(i / width)]! * width + (i % width)]!,
      ),
      codes: forMaps.map((row) => target.codes[row]!),
      ...(weights === undefined ? {} : { weights: Float64Array.from(forMaps, (row) => weights[row]!) }),
    });
    corrected = { ...corrected, calibration };
    notes.push(
      `probabilities were made honest by ${calibrate === 'platt' ? "Platt's sigmoid" : 'isotonic regression'} on ${forMaps.length} validation rows`,
    );
  }
  if (conformal) {
    if (forScores.length === 0) throw fail('validation-rows-none', { what: 'conformal' });
    const predicted = predictDesign(corrected, design);
    const truth = gatherTarget(target, forScores);
    const scores = Float64Array.from(forScores, (row, i) =>
      truth.task === 'regression'
        ? Math.abs(truth.values[i]! - predicted[row]!)
        : 1 - predicted[row * width + truth.codes[i]!]!,
    );
    corrected = { ...corrected, conformal: fitConformal(scores) };
    notes.push(`how far predictions are off was learned from ${scores.length} validation rows`);
  }
  return { artifact: corrected, notes };
}
