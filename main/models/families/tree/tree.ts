import { fail } from '../../../../preload/contract/errors.ts';
import type { Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type Labelled } from '../../family.ts';
import { createPace } from '../../pace.ts';
import { classWeightsOf, refuseClassWeights } from '../../class-weights.ts';
import { labelWeights } from '../../trees/learn.ts';
import type { TreeModelSpec } from '../../trees/tree-model.ts';
import {
  importanceTable,
  predictTrees,
  trainingTable,
  treeArtifact,
  treeModelOnnx,
} from '../../trees/tree-model.ts';
import { classImpurity, squaredError, type Criterion } from './criterion.ts';
import { growTree, sideOf, type GrownNode } from './grow.ts';
import { TreeParams } from './params.ts';
import { pruneTree } from './prune.ts';
import { leafTable, ruleTable } from './rules.ts';
import { toTrees } from './to-trees.ts';

const own = { id: 'tree', version: 1 } as const;

/** Classification and regression tree (Breiman, Friedman, Olshen and Stone 1984), grown exactly and pruned by cost and complexity. */
export const tree = defineFamily({
  ...own,
  title: 'Decision tree',
  doc: 'Yes/no questions that lead to a prediction, pruned on the validation rows. Every rule can be read; takes categories and gaps as they are. Less accurate than many trees together.',
  readable: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: TreeParams,

  async fit({ train, validation }, params, context) {
    const { design, target } = train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'tree' });
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const goal = readGoal(target, params);
    const weights = weightsOf(train, goal);
    const rows = Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
    const criterion = goal.criterion(target, weights);
    const nodes = await growTree(design, rows, criterion, params, pace, (fraction) =>
      context.progress(0.9 * fraction, 'growing the tree'),
    );
    context.progress(0.9, 'pruning');
    const checked = params.ccp_alpha === null ? checkedLosses(nodes, validation, goal) : null;
    const pruned = pruneTree(nodes, params.ccp_alpha, checked);
    const trees = toTrees(nodes, pruned.isLeaf, goal.modelled.length);
    const kept = pruned.steps[pruned.kept];
    const whole = pruned.steps[0];
    const notes = [
      ...goal.notes,
      ...(params.ccp_alpha === null && !checked
        ? ['not pruned: there are no validation rows to choose by']
        : []),
      ...(kept?.leaves === 1 ? ['the tree is one leaf: no split is worth its while'] : []),
    ];
    const spec: Omit<TreeModelSpec, 'layout' | 'rows'> = {
      outcome: {
        link: goal.modelled.length > 0 ? 'shares' : 'identity',
        modelled: [...goal.modelled],
        divisor: 1,
        shift: 0,
        scale: 1,
      },
      training: [
        ['loss', goal.loss],
        ['leaves before pruning', whole?.leaves ?? 1],
        ['pruning alpha', params.ccp_alpha ?? kept?.alpha ?? 0],
        ['loss on training rows', kept?.loss ?? 0],
        ...(typeof kept?.validationLoss === 'number'
          ? [['loss on validation rows', kept.validationLoss] satisfies [string, number]]
          : []),
      ],
      notes,
    };
    context.progress(1, 'done');
    return {
      artifact: treeArtifact(own, design, target, trees, spec),
      engine: javascriptEngine(),
      history: [],
      notes,
    };
  },

  predict: predictTrees,
  onnx: treeModelOnnx,
  report: (artifact) => [
    ruleTable(artifact),
    leafTable(artifact),
    importanceTable(artifact),
    trainingTable(artifact),
  ],
});

/** What the tree makes small, on training and on validation rows. */
interface Goal {
  readonly modelled: Int32Array;
  readonly classWeights: Float64Array | undefined;
  readonly loss: string;
  readonly notes: readonly string[];
  criterion(target: Target, weights: Float64Array): Criterion;
  /** Loss of a row where a leaf says `value`; undefined for a class that has no training row. */
  lossOf(target: Target, row: number, value: Float64Array): number | undefined;
}

function wrong(param: string, message: string) {
  return fail('family-param', { family: 'tree', param, message });
}

function readGoal(target: Target, params: TreeParams): Goal {
  if (target.task === 'regression') {
    if (params.criterion === 'gini' || params.criterion === 'entropy')
      throw wrong('criterion', `"${params.criterion}" is for classes; use squared_error`);
    refuseClassWeights('tree', params.class_weight);
    return {
      modelled: new Int32Array(),
      classWeights: undefined,
      loss: 'mean squared error',
      notes: [],
      criterion: (of, weights) =>
        squaredError(of.task === 'regression' ? of.values : new Float64Array(), weights),
      lossOf: (of, row, value) => (of.task === 'regression' ? (of.values[row]! - value[0]!) ** 2 : undefined),
    };
  }
  if (params.criterion === 'squared_error')
    throw wrong('criterion', '"squared_error" is for amounts; use gini or entropy');
  const counted = countClasses('tree', target);
  const { present } = counted;
  const position = new Int32Array(target.classes.length).fill(-1);
  present.forEach((code, k) => (position[code] = k));
  const kind = params.criterion === 'entropy' ? 'entropy' : 'gini';
  return {
    modelled: present,
    classWeights: classWeightsOf('tree', target, counted, params.class_weight),
    loss:
      kind === 'gini'
        ? 'Gini impurity; Brier score on validation rows'
        : 'entropy; Brier score on validation rows',
    notes: target.classes
      .filter((_, code) => position[code]! < 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
    criterion: (of, weights) => {
      const codes = of.task === 'classification' ? of.codes.map((code) => position[code]!) : new Int32Array();
      return classImpurity(codes, weights, present.length, kind);
    },
    // The Brier score over all classes: on the training rows it is the Gini impurity.
    lossOf: (of, row, value) => {
      const code = of.task === 'classification' ? (position[of.codes[row]!] ?? -1) : -1;
      if (code < 0) return undefined;
      let loss = 0;
      value.forEach((share, k) => (loss += (share - (k === code ? 1 : 0)) ** 2));
      return loss;
    },
  };
}

function weightsOf(labelled: Labelled, { classWeights }: Goal): Float64Array {
  return labelWeights(labelled, undefined, classWeights) ?? new Float64Array(labelled.design.rows).fill(1);
}

/** Sends the validation rows down the tree; undefined losses are left out. Null where no row is left. */
function checkedLosses(
  nodes: readonly GrownNode[],
  validation: Labelled,
  goal: Goal,
): { readonly losses: Float64Array; readonly weight: number } | null {
  const { design, target } = validation;
  const weights = weightsOf(validation, goal);
  const root = nodes[0]?.value ?? new Float64Array();
  let rows = Int32Array.from(weights.keys()).filter(
    (row) => weights[row]! > 0 && goal.lossOf(target, row, root) !== undefined,
  );
  const weight = rows.reduce((sum, row) => sum + weights[row]!, 0);
  if (rows.length === 0) return null;
  const losses = new Float64Array(nodes.length);
  const waiting = [{ at: 0, rows }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = nodes[next.at]!;
    rows = next.rows;
    for (const row of rows) losses[next.at]! += weights[row]! * (goal.lossOf(target, row, node.value) ?? 0);
    if (!node.split || rows.length === 0) continue;
    const isLeft = sideOf(design, node.split);
    waiting.push({ at: node.left, rows: rows.filter((row) => isLeft(row)) });
    waiting.push({ at: node.right, rows: rows.filter((row) => !isLeft(row)) });
  }
  return { losses, weight };
}
