import { fail } from '../../../../preload/contract/errors.ts';
import { moments } from '../../../math/index.ts';
import { featureNames, type Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { countingRows } from '../../take-rows.ts';
import { layoutOf } from '../../trees/layout.ts';
import type { TreeOutcome } from '../../trees/outcome.ts';
import { axisColumns } from '../../axes.ts';
import { axisColumnSpecs } from '../../axis-model.ts';
import { applyEdit, centre, smooth } from './finish.ts';
import { learnTerms, type Part } from './learn.ts';
import { logLoss, squaredLoss, type Loss } from './loss.ts';
import { additiveTensors, readAdditive, type AdditiveSpec, type AdditiveTerm } from './model.ts';
import { AdditiveParams } from './params.ts';
import { additiveOnnx, predictAdditive } from './predict.ts';
import { additiveReport } from './report.ts';

/** Generalised additive models by boosted trees on one or two features, as explainable boosting machines (Nori et al. 2019). */
export const additive = defineFamily({
  id: 'additive',
  version: 1,
  title: 'Additive curves',
  doc: 'A sum of one curve per feature, each a table that a person can read, check and correct by hand. Nearly as accurate as boosted trees on many tables; takes categories and gaps as they are.',
  readable: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: AdditiveParams,

  async fit(data, params, context) {
    const train = countingRows('additive', data.train);
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const goal = readGoal(train.target);
    if (params.edits.length > 0) refuseManyClasses(goal.outcome);
    const units = train.weights.reduce((sum, weight) => sum + weight / train.weights.length, 0);
    const part: Part = {
      data: { ...train, weights: train.weights.map((weight) => weight / units) },
      loss: goal.loss(train.target),
    };
    const learned = await learnTerms(
      part,
      checkPart(data.validation, goal),
      params,
      context.seed,
      pace,
      (done, message, point) => context.progress(done, message, point),
    );
    const { outputs, start } = part.loss;
    const intercept = start.slice();
    const columns = axisColumns(train.design);
    const notes = [...goal.notes];
    const terms = learned.terms.map(({ columns: which, axes, values, spread, rows }): AdditiveTerm => {
      const term = {
        axes: axes.map(({ cuts, bins }, a) => ({ column: which[a]!, cuts, bins })),
        values,
        spread,
        rows,
      };
      if (axes.length === 1 && axes[0]!.kind === 'number') smooth(values, rows, outputs, params.smoothing);
      centre(intercept, term);
      return term;
    });
    const unit = goal.outcome.link === 'identity' ? goal.outcome.scale : 1;
    for (const edit of params.edits) {
      const at = columns.findIndex(({ name }) => name === edit.feature);
      const axis = learned.terms[at]?.axes[0];
      if (!axis) throw noFeature(edit.feature, columns);
      const edited = applyEdit(terms[at]!, axis, edit, unit);
      terms[at] = edited.term;
      notes.push(edited.note);
    }
    const spec: AdditiveSpec = {
      layout: layoutOf(train.design),
      outcome: goal.outcome,
      columns: axisColumnSpecs(columns),
      terms: terms.map(({ axes }) => axes.map(({ column }) => column)),
      rows: train.design.rows,
      bags: params.bags,
      training: [['rounds kept', learned.rounds.join(', ')]],
      notes,
    };
    context.progress(1, 'done');
    return {
      artifact: {
        family: 'additive',
        version: 1,
        task: train.target.task,
        classes: train.target.task === 'classification' ? train.target.classes : [],
        features: featureNames(train.design),
        spec,
        tensors: additiveTensors(intercept, terms),
      },
      engine: javascriptEngine(),
      history: learned.history,
      notes,
    };
  },

  checkEdit(artifact, { edits }) {
    const { spec, terms } = readAdditive(artifact);
    const edit = edits.at(-1);
    if (!edit) return;
    refuseManyClasses(spec.outcome);
    const at = spec.columns.findIndex(({ name }) => name === edit.feature);
    const [column, term] = [spec.columns[at], terms[at]];
    const [axis] = term?.axes ?? [];
    if (!column || !term || !axis) throw noFeature(edit.feature, spec.columns);
    applyEdit(term, { levels: [], ...axis, ...column }, edit, 1);
  },
  predict: predictAdditive,
  onnx: additiveOnnx,
  report: additiveReport,
});

function refuseManyClasses({ link }: TreeOutcome): void {
  if (link === 'softmax') throw wrong('edits', 'with three and more classes a curve can not be set by hand');
}

function noFeature(feature: string, columns: readonly { readonly name: string }[]) {
  return wrong(
    'edits',
    `there is no feature "${feature}"; there are ${columns.map(({ name }) => name).join(', ')}`,
  );
}

interface Goal {
  readonly outcome: TreeOutcome;
  readonly notes: readonly string[];
  loss(target: Target): Loss;
}

function readGoal(target: Target): Goal {
  if (target.task === 'regression') {
    const { mean: shift, scale: found } = moments(target.values);
    const scale = found === 0 ? 1 : found;
    return {
      outcome: { link: 'identity', modelled: [], divisor: 1, shift, scale },
      notes: [],
      loss: (of) => squaredLoss(of.task === 'regression' ? of.values : new Float64Array(), { shift, scale }),
    };
  }
  const { counts, present } = countClasses('additive', target);
  const position = new Int32Array(target.classes.length).fill(-1);
  present.forEach((code, k) => (position[code] = k));
  const shares = Float64Array.from(present, (code) => counts[code]! / target.codes.length);
  const link = present.length === 2 ? 'logit' : 'softmax';
  return {
    outcome: { link, modelled: [...present], divisor: 1, shift: 0, scale: 1 },
    notes: target.classes
      .filter((_, code) => position[code]! < 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
    loss: (of) =>
      logLoss(
        of.task === 'classification' ? of : { task: 'classification', classes: [], codes: new Int32Array() },
        position,
        shares,
      ),
  };
}

/** Undefined where no validation row counts. */
function checkPart(validation: Parameters<typeof countingRows>[1], goal: Goal): Part | undefined {
  const { design, weights } = validation;
  if (design.rows === 0 || (weights && !weights.some((weight) => weight > 0))) return undefined;
  const data = countingRows('additive', validation);
  return { data, loss: goal.loss(data.target) };
}

function wrong(param: string, message: string) {
  return fail('family-param', { family: 'additive', param, message });
}
