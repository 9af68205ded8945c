import { fail } from '../../../../preload/contract/errors.ts';
import { featureNames } from '../../../recipes/index.ts';
import { axisColumns, binsOf, makeAxis, type Axis } from '../../axes.ts';
import { axisColumnSpecs } from '../../axis-model.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type Labelled } from '../../family.ts';
import { createPace, type Pace } from '../../pace.ts';
import { countingRows } from '../../take-rows.ts';
import { labelWeights } from '../../trees/learn.ts';
import { layoutOf } from '../../trees/layout.ts';
import { outputsOf } from '../../trees/outcome.ts';
import type { RuleRows } from './find-rule.ts';
import { readGoal, type Goal } from './goal.ts';
import { growList, lossByLength, type GrownList } from './grow-list.ts';
import { conditionsOf, type RulesSpec } from './model.ts';
import { RulesParams } from './params.ts';
import { predictRules, rulesOnnx } from './predict.ts';
import { rulesReport } from './report.ts';

const own = { id: 'rules', version: 1 } as const;

/** What is tried where `coverage` is left to the validation rows. */
const coverages = [1, 0.7, 0.5] as const;

/** An ordered list of if-then rules (a decision list: Rivest 1987), by sequential covering with a beam search. */
export const rules = defineFamily({
  ...own,
  title: 'Rule list',
  doc: 'If-then rules in an order: the first that holds decides. Each stands with how many rows it decides and how often it is right. Short enough to be argued about; less accurate than models that add up.',
  readable: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: RulesParams,

  async fit(data, params, context) {
    const train = countingRows('rules', data.train);
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const goal = readGoal(train.target, params);
    const columns = axisColumns(train.design);
    const axes: Axis[] = [];
    for (const column of columns) {
      axes.push(makeAxis(column, params.max_bins));
      await pace.turn();
    }
    const rows = await toRuleRows(axes, train, goal, pace);
    const checkRows =
      data.validation.design.rows > 0 ? await toRuleRows(axes, data.validation, goal, pace) : undefined;
    const choices = params.coverage !== null ? [params.coverage] : checkRows ? coverages : [coverages[0]];
    const lists: ListChoice[] = [];
    for (const [at, coverage] of choices.entries()) {
      const grown = await growList(rows, { ...params, coverage }, pace, (count) =>
        context.progress((0.95 * (at + count / params.max_rules)) / choices.length, `${count} rules`),
      );
      lists.push(chooseLength(grown, coverage, checkRows, params.prune));
    }
    const { grown, coverage, length, loss } = lists.reduce((best, one) =>
      (one.loss ?? 0) < (best.loss ?? 0) ? one : best,
    );
    const kept = [...grown.rules.slice(0, length), grown.otherwise[length]!];
    const notes = [
      ...goal.notes,
      ...(params.prune && loss === undefined
        ? ['not pruned: there are no validation rows to choose by']
        : []),
      ...(length === 0 ? ['there is no rule that is worth its while: all rows are "otherwise"'] : []),
    ];
    const unit = goal.outcome.link === 'identity' ? goal.outcome.scale ** 2 : 1;
    const spec: RulesSpec = {
      layout: layoutOf(train.design),
      outcome: goal.outcome,
      columns: axisColumnSpecs(columns),
      rules: kept.map(({ conditions, rows: count, deviation, alone }) => ({
        conditions: conditionsOf(conditions, axes),
        rows: count,
        deviation,
        alone,
      })),
      rows: train.design.rows,
      training: [
        ['rules before pruning', grown.rules.length],
        ['coverage', coverage],
        ...(loss !== undefined
          ? [
              [
                train.target.task === 'regression'
                  ? 'mean squared error on validation rows'
                  : 'Brier score on validation rows',
                loss * unit,
              ] satisfies [string, number],
            ]
          : []),
      ],
      notes,
    };
    const outputs = outputsOf(goal.outcome);
    const table = (of: (rule: (typeof kept)[number]) => Float64Array) => ({
      shape: [kept.length, outputs],
      // Of two classes the share of the second says all.
      data: Float64Array.from(kept.flatMap((rule) => Array.from(of(rule).slice(-outputs)))),
    });
    const values = table(({ value }) => value);
    if (!values.data.every(Number.isFinite)) throw fail('family-overflow', { family: own.id });
    context.progress(1, 'done');
    return {
      artifact: {
        family: own.id,
        version: own.version,
        task: train.target.task,
        classes: train.target.task === 'classification' ? train.target.classes : [],
        features: featureNames(train.design),
        spec,
        tensors: { values, alone_values: table(({ aloneValue }) => aloneValue) },
      },
      engine: javascriptEngine(),
      history: [],
      notes,
    };
  },

  predict: predictRules,
  onnx: rulesOnnx,
  report: rulesReport,
});

interface ListChoice {
  readonly grown: GrownList;
  readonly coverage: number;
  /** How many of its rules are kept. */
  readonly length: number;
  /** On the validation rows. */
  readonly loss: number | undefined;
}

function chooseLength(
  grown: GrownList,
  coverage: number,
  checkRows: RuleRows | undefined,
  prune: boolean,
): ListChoice {
  const losses = checkRows && lossByLength(grown, checkRows);
  const length = losses && prune ? losses.indexOf(Math.min(...losses)) : grown.rules.length;
  return { grown, coverage, length, loss: losses?.[length] };
}

async function toRuleRows(
  axes: readonly Axis[],
  labelled: Labelled,
  goal: Goal,
  pace: Pace,
): Promise<RuleRows> {
  const { design, target } = labelled;
  const columns = axisColumns(design);
  const bins: Int32Array[] = [];
  for (const [at, axis] of axes.entries()) {
    bins.push(binsOf(axis, columns[at]!, design.rows));
    await pace.turn();
  }
  const found = labelWeights(labelled, undefined, goal.classWeights) ?? new Float64Array(design.rows).fill(1);
  const unit = found.reduce((sum, weight) => sum + weight / found.length, 0) || 1;
  return { axes, bins, values: goal.values(target), weights: found.map((weight) => weight / unit) };
}
