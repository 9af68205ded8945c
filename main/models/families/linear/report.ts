import { fisherUpper, normalTwoSided, studentQuantile, studentTwoSided } from '../../../math/index.ts';
import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readLinear, type LinearModel } from './model.ts';

/** The coefficient table: one per linear predictor. */
export function linearReport(artifact: ModelArtifact): readonly ReportTable[] {
  const model = readLinear(artifact);
  return Array.from({ length: model.outputs }, (_, k) => ({
    title: titleOf(artifact, model, k),
    columns: ['feature', 'coefficient', 'standard error', statisticOf(model), 'p', 'low 95 %', 'high 95 %'],
    rows: rowsOf(artifact, model, k),
    notes: [...explain(model), ...model.spec.notes],
  }));
}

function titleOf(artifact: ModelArtifact, { spec }: LinearModel, k: number): string {
  if (spec.link === 'identity') return 'Coefficients';
  if (spec.link === 'logit') return `Coefficients: log odds of "${artifact.classes[spec.modelled[1]!]}"`;
  return `Coefficients: score of "${artifact.classes[spec.modelled[k]!]}"`;
}

const statisticOf = ({ spec }: LinearModel): string => (spec.degreesOfFreedom === null ? 'z' : 't');

function rowsOf(artifact: ModelArtifact, model: LinearModel, k: number): (string | number | null)[][] {
  const width = artifact.features.length;
  const row = (name: string, value: number, error: number | undefined): (string | number | null)[] => {
    const [statistic, p, low, high] = inferenceOf(model, value, error);
    return [name, value, error ?? null, statistic, p, low, high];
  };
  return [
    row('(intercept)', model.intercepts[k]!, model.errors?.intercepts[k]),
    ...artifact.features.map((name, j) =>
      row(name, model.coefficients[k * width + j]!, model.errors?.coefficients[k * width + j]),
    ),
  ];
}

type Inferred = [statistic: number | null, p: number | null, low: number | null, high: number | null];

function inferenceOf({ spec }: LinearModel, value: number, error: number | undefined): Inferred {
  // An error of 0 belongs to a coefficient that was fixed, not measured.
  if (error === undefined || error === 0) return [null, null, null, null];
  const df = spec.degreesOfFreedom ?? Infinity;
  const reach = quantile975(df) * error;
  const interval = [value - reach, value + reach] as const;
  if (spec.inference !== 'classical') return [null, null, ...interval];
  const statistic = value / error;
  const p = df === Infinity ? normalTwoSided(statistic) : studentTwoSided(statistic, df);
  return [statistic, p, ...interval];
}

let held: { df: number; value: number } | undefined;
function quantile975(df: number): number {
  if (held?.df !== df) held = { df, value: studentQuantile(0.975, df) };
  return held.value;
}

function explain({ spec }: LinearModel): string[] {
  const notes = [`${spec.rows} training rows; features are as the steps of the recipe make them`];
  if (spec.link === 'softmax')
    notes.push('only differences between classes matter: coefficients sum to 0 over the classes');
  const { kind, strength } = spec.penalty;
  if (spec.inference === 'classical') {
    notes.push(
      spec.link === 'identity'
        ? 'standard errors: s² (X′X)⁺ with s² = RSS / (n − rank), t distribution; valid if errors are independent with one variance'
        : 'standard errors: inverse of the information X′WX at the best fit, normal distribution; valid in large samples',
    );
  } else if (spec.inference === 'bayesian') {
    const name = spec.link === 'identity' ? `alpha = ${strength}` : `C = ${1 / strength}`;
    notes.push(
      spec.link === 'identity'
        ? `penalised (${kind}, ${name}): standard errors are posterior deviations s² (X′X + αI)⁻¹ under the prior b ~ N(0, s²/α) (Wood 2017, 6.10), intervals are 95 % credible; t and p are left out, since a penalty pulls coefficients to 0 and their null distribution is not known`
        : `penalised (${kind}, ${name}): standard errors are posterior deviations (X′WX + I/C)⁻¹ under the prior b ~ N(0, C) by Laplace's approximation (Bishop 2006, 4.5), intervals are 95 % credible; z and p are left out, since a penalty pulls coefficients to 0 and their null distribution is not known`,
    );
  } else {
    if (kind === 'l1' || kind === 'elasticnet') {
      const size = spec.link === 'identity' ? `alpha = ${strength}` : `C = ${1 / strength}`;
      const share = spec.penalty.ratio === undefined ? '' : `, l1_ratio = ${spec.penalty.ratio}`;
      notes.push(
        `penalised (${kind}, ${size}${share}): coefficients are pulled towards 0, and those that help too little are exactly 0; which ones were chosen makes standard errors of those left misleading, so none are given`,
      );
    } else notes.push('no standard errors are defined for this fit');
  }
  if (spec.residualDeviation !== null && spec.degreesOfFreedom !== null) {
    notes.push(
      `residual standard deviation ${spec.residualDeviation.toPrecision(6)} on ${Number(spec.degreesOfFreedom.toFixed(2))} degrees of freedom`,
    );
  }
  if (spec.overall !== null) {
    const { statistic, between, within } = spec.overall;
    const p = fisherUpper(statistic, between, within);
    notes.push(
      `F = ${statistic.toPrecision(6)} on ${between} and ${within} degrees of freedom, p = ${p.toPrecision(3)}: how likely so good a fit is if no feature had any effect`,
    );
  }
  return notes;
}
