import { fail } from '../../../../preload/contract/errors.ts';
import { featureNames } from '../../../recipes/index.ts';
import { blockShapes, checkBlocks } from '../../blocks.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type HistoryPoint } from '../../family.ts';
import { linearScoresOnnx } from '../../linear-predictor/onnx.ts';
import { linearScores } from '../../linear-predictor/scores.ts';
import { createPace } from '../../pace.ts';
import { countingRows } from '../../take-rows.ts';
import { twoClasses, twoClassesOnnx } from '../../two-classes.ts';
import { linkOf } from './distribution.ts';
import { fitGlm, type GlmFit } from './irls.ts';
import { readGlm, type GlmSpec } from './model.ts';
import { GlmParams } from './params.ts';
import { glmReport } from './report.ts';
import { boundaryNotes, readGoal, type Goal } from './target.ts';

/** Features that are solved for as one dense system (200 MB). */
const mostFeatures = 5000;

/** Generalised linear models (Nelder and Wedderburn 1972). */
export const glm = defineFamily({
  id: 'glm',
  version: 1,
  title: 'Generalised linear',
  doc: 'A weighted sum of the features through a link, for counts (Poisson), positive amounts (gamma), amounts that are often 0 (Tweedie), any amounts and two classes. The coefficients have standard errors and p values; effects multiply with the log link.',
  readable: true,
  tasks: ['regression', 'classification'],
  mostClasses: 2,
  takes: { numbers: 'raw', categories: 'one-hot', missing: false, weights: true },
  params: GlmParams,

  async fit({ train }, params, context) {
    const { target } = train;
    if (train.design.rows === 0) throw fail('family-rows-none', { family: 'glm' });
    const blocks = blockShapes('glm', train.design);
    if (train.design.width > mostFeatures)
      throw fail('family-too-wide', { family: 'glm', features: train.design.width, limit: mostFeatures });
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    // First of all rows, so that messages count them as they are.
    readGoal(target, train.weights, params);
    const { design, target: counting, weights } = countingRows('glm', train);
    const goal = readGoal(counting, undefined, params);
    const weightUnit = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
    const estimated = !goal.distribution.fixed || params.dispersion === 'estimated';
    const history: HistoryPoint[] = [];
    const found = await fitGlm(
      {
        design,
        y: goal.y,
        weights: weights.map((weight) => weight / weightUnit),
        weightUnit,
        distribution: goal.distribution,
        link: goal.link,
        alpha: params.alpha,
        estimated,
        mostIterations: params.max_iter,
      },
      pace,
      (fraction, message, point) => {
        if (point) history.push(point);
        context.progress(fraction, message, point);
      },
    );
    const { intercept, coefficients } = found.solution;
    if (!Number.isFinite(intercept) || !coefficients.every(Number.isFinite))
      throw fail('family-overflow', { family: 'glm' });
    const errors = finiteErrors(found);
    const notes = [
      ...goal.notes,
      ...found.notes,
      ...(params.alpha === 0 ? boundaryNotes(design, goal) : []),
      ...dispersionNotes(goal, found, estimated),
    ];
    const spec: GlmSpec = {
      distribution: goal.id,
      link: goal.link,
      power: goal.id === 'tweedie' ? params.power : null,
      modelled: [...goal.modelled],
      blocks,
      alpha: params.alpha,
      errors: errors !== undefined,
      rows: design.rows,
      degreesOfFreedom: found.degreesOfFreedom,
      rank: found.rank,
      estimated,
      deviance: found.deviance,
      nullDeviance: found.nullDeviance,
      pearson: found.pearson,
      dispersion: found.dispersion,
      logLikelihood: found.logLikelihood,
      iterations: found.iterations,
      notes,
    };
    const width = coefficients.length;
    context.progress(1, 'done');
    return {
      artifact: {
        family: 'glm',
        version: 1,
        task: target.task,
        classes: target.task === 'classification' ? target.classes : [],
        features: featureNames(design),
        spec,
        tensors: {
          intercept: { shape: [1], data: Float64Array.of(intercept) },
          coefficients: { shape: [width], data: coefficients },
          ...(errors && {
            intercept_error: { shape: [1], data: Float64Array.of(errors.intercept) },
            coefficient_errors: { shape: [width], data: errors.coefficients },
          }),
        },
      },
      engine: javascriptEngine(),
      history,
      notes,
    };
  },

  predict(artifact, design) {
    const model = readGlm(artifact);
    checkBlocks('glm', model.spec.blocks, design);
    const scores = linearScores(model, design);
    const { link, modelled } = model.spec;
    if (link === 'logit') return twoClasses(scores, modelled, artifact.classes.length);
    return scores.map(linkOf[link].back);
  },

  onnx(artifact, graph, features) {
    const model = readGlm(artifact);
    const scores = linearScoresOnnx(model, graph, features);
    const { link, modelled } = model.spec;
    if (link === 'logit') return twoClassesOnnx(graph, scores, modelled, artifact.classes.length);
    if (link === 'identity') return [scores];
    return [graph.node(link === 'log' ? 'Exp' : 'Reciprocal', [scores])];
  },

  report: glmReport,
});

function finiteErrors({ errors }: GlmFit) {
  if (!errors || !Number.isFinite(errors.intercept) || !errors.coefficients.every(Number.isFinite))
    return undefined;
  return errors;
}

function dispersionNotes({ id }: Goal, { pearson, degreesOfFreedom }: GlmFit, estimated: boolean): string[] {
  const spread = pearson / degreesOfFreedom;
  if (estimated || id !== 'poisson' || degreesOfFreedom < 1 || spread < 1.5) return [];
  return [
    `the rows vary ${spread.toPrecision(3)} times as much as Poisson allows (Pearson chi-square by degrees of freedom): standard errors are too small; use dispersion estimated`,
  ];
}
