import { normalTwoSided, studentQuantile, studentTwoSided } from '../../../math/index.ts';
import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readGlm, type GlmModel, type GlmSpec } from './model.ts';

export function glmReport(artifact: ModelArtifact): readonly ReportTable[] {
  const model = readGlm(artifact);
  return [coefficientTable(artifact, model), fitTable(model.spec)];
}

function coefficientTable(artifact: ModelArtifact, model: GlmModel): ReportTable {
  const { spec, errors } = model;
  const df = spec.estimated ? spec.degreesOfFreedom : Infinity;
  const reach = errors ? studentQuantile(0.975, df) : 0;
  const multiplies = spec.link === 'log' || spec.link === 'logit';
  const row = (name: string, value: number, error: number | undefined): (string | number | null)[] => {
    const factor = multiplies ? [bounded(Math.exp(value))] : [];
    // An error of 0 belongs to a coefficient that was fixed, not measured.
    if (error === undefined || error === 0) return [name, value, ...factor, null, null, null, null, null];
    const statistic = value / error;
    const p = df === Infinity ? normalTwoSided(statistic) : studentTwoSided(statistic, df);
    const tested = spec.alpha === 0 ? [statistic, p] : [null, null];
    return [name, value, ...factor, error, ...tested, value - reach * error, value + reach * error];
  };
  return {
    title: titleOf(artifact, spec),
    columns: [
      'feature',
      'coefficient',
      ...(multiplies ? ['factor'] : []),
      'standard error',
      spec.estimated ? 't' : 'z',
      'p',
      'low 95 %',
      'high 95 %',
    ],
    rows: [
      row('(intercept)', model.intercepts[0]!, errors?.intercept),
      ...artifact.features.map((name, j) => row(name, model.coefficients[j]!, errors?.coefficients[j])),
    ],
    notes: [...explain(spec, multiplies), ...spec.notes],
  };
}

const bounded = (value: number): number | null => (Number.isFinite(value) ? value : null);

function titleOf({ classes }: ModelArtifact, { link, modelled }: GlmSpec): string {
  if (link === 'logit') return `Coefficients: log odds of "${classes[modelled[1]!]}"`;
  if (link === 'identity') return 'Coefficients: expected value';
  return `Coefficients: ${link === 'log' ? 'logarithm of' : 'one divided by'} the expected value`;
}

function explain(spec: GlmSpec, multiplies: boolean): string[] {
  const notes = [`${spec.rows} training rows; features are as the steps of the recipe make them`];
  if (multiplies)
    notes.push(
      `factor: what one more unit of the feature multiplies the ${spec.link === 'log' ? 'expected value' : 'odds'} by, exp(coefficient)`,
    );
  if (!spec.errors) return [...notes, 'no standard errors are defined for this fit'];
  const spread = spec.estimated
    ? 'the estimated dispersion times the inverse of the information X′WX, t distribution'
    : 'the inverse of the information X′WX (dispersion 1), normal distribution';
  if (spec.alpha === 0) notes.push(`standard errors: ${spread}; valid in large samples`);
  else
    notes.push(
      `penalised (ridge, alpha = ${spec.alpha}): standard errors are posterior deviations with the penalty as a prior, intervals are 95 % credible; ${spec.estimated ? 't' : 'z'} and p are left out, since a penalty pulls coefficients to 0 and their null distribution is not known`,
    );
  return notes;
}

function fitTable(spec: GlmSpec): ReportTable {
  const explained = spec.nullDeviance > 0 ? 1 - spec.deviance / spec.nullDeviance : null;
  return {
    title: 'Fit',
    columns: ['what', 'value'],
    rows: [
      ['distribution', spec.distribution],
      ...(spec.power === null ? [] : [['variance power', spec.power]]),
      ['link', spec.link],
      ['training rows', spec.rows],
      ['residual degrees of freedom', spec.degreesOfFreedom],
      ['deviance', spec.deviance],
      ['deviance of the mean alone', spec.nullDeviance],
      ['share of deviance explained', explained],
      ['Pearson chi-square', spec.pearson],
      [spec.estimated ? 'dispersion, estimated' : 'dispersion, fixed', spec.dispersion],
      ['log-likelihood', spec.logLikelihood],
      ['AIC', aicOf(spec)],
      ['iterations', spec.iterations],
    ],
    notes: aicNotes(spec),
  };
}

/** Akaike (1974), where there is a likelihood at its maximum; the dispersion is not counted, as in statsmodels. */
function aicOf({ logLikelihood, alpha, rank }: GlmSpec): number | null {
  return logLikelihood === null || alpha > 0 ? null : -2 * logLikelihood + 2 * rank;
}

function aicNotes(spec: GlmSpec): string[] {
  if (aicOf(spec) !== null) return spec.estimated ? ['AIC counts the coefficients, not the dispersion'] : [];
  if (spec.alpha > 0) return ['AIC is not defined for a penalised fit'];
  if (spec.distribution === 'tweedie') return ['no AIC: the density of tweedie has no closed form'];
  return ['no AIC: there is no likelihood to compare by'];
}
