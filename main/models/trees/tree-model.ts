import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import { featureNames, type Design, type Target } from '../../recipes/index.ts';
import type { ModelArtifact, OnnxFeature, ReportTable } from '../family.ts';
import { checkLayout, featureLevels, layoutOf, TreeLayout, treeColumns } from './layout.ts';
import { treesOnnx } from './onnx.ts';
import { fitsClasses, outcomeOnnx, outputsOf, predictionsOf, TreeOutcome } from './outcome.ts';
import { treeScores } from './scores.ts';
import { readTrees, treeTensors, type Trees } from './trees.ts';

/** `spec` of every model made of trees; the tensors are those of trees.ts. */
export const TreeModelSpec = z.strictObject({
  layout: TreeLayout,
  outcome: TreeOutcome,
  /** Rows it was trained on. */
  rows: z.int().min(1),
  /** Facts of the training, in words and numbers, for the report. */
  training: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  notes: z.array(z.string()),
});
export type TreeModelSpec = z.infer<typeof TreeModelSpec>;

/** A model of trees, read and checked. */
export interface TreeModel {
  readonly spec: TreeModelSpec;
  readonly trees: Trees;
  /** Per feature: its levels, or null for numbers. */
  readonly levels: readonly (readonly string[] | null)[];
}

/** Puts a model together; `version` is the family's. */
export function treeArtifact(
  family: { readonly id: string; readonly version: number },
  design: Design,
  target: Target,
  trees: Trees,
  rest: Omit<TreeModelSpec, 'layout' | 'rows'>,
): ModelArtifact {
  const spec: TreeModelSpec = { layout: layoutOf(design), rows: design.rows, ...rest };
  return {
    family: family.id,
    version: family.version,
    task: target.task,
    classes: target.task === 'classification' ? target.classes : [],
    features: featureNames(design),
    spec,
    tensors: treeTensors(trees),
  };
}

const known = new WeakMap<ModelArtifact, TreeModel>();

/** Reads a model of trees once; throws `model-damaged` when its parts do not fit together. */
export function readTreeModel(artifact: ModelArtifact): TreeModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = TreeModelSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not that of trees: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  const levels = featureLevels(spec.layout);
  if (levels.length !== artifact.features.length) throw damaged('its blocks do not add up to its features');
  if ((artifact.task === 'regression') !== (artifact.classes.length === 0))
    throw damaged('its classes do not fit its task');
  if (!fitsClasses(spec.outcome, artifact.classes.length)) throw damaged('its classes do not fit its kind');
  const trees = readTrees(
    artifact,
    outputsOf(spec.outcome),
    levels.map((one) => (one ? Math.max(1, one.length) : 0)),
  );
  const model = { spec, trees, levels };
  known.set(artifact, model);
  return model;
}

export function predictTrees(artifact: ModelArtifact, design: Design): Float64Array {
  const { spec, trees } = readTreeModel(artifact);
  checkLayout(artifact.family, spec.layout, design);
  const scores = treeScores(trees, treeColumns(design), design.rows);
  return predictionsOf(spec.outcome, scores, artifact.classes.length);
}

export function treeModelOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, trees } = readTreeModel(artifact);
  return outcomeOnnx(graph, spec.outcome, treesOnnx(graph, trees, features), artifact.classes.length);
}

/** How much each feature was used: gain is the sum of what its splits improved, shares add up to 1. */
export function importanceTable(artifact: ModelArtifact): ReportTable {
  const { trees } = readTreeModel(artifact);
  const splits = new Int32Array(artifact.features.length);
  const gains = new Float64Array(artifact.features.length);
  trees.features.forEach((feature, node) => {
    splits[feature]!++;
    gains[feature]! += trees.gains[node]!;
  });
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const order = [...splits.keys()].sort((a, b) => gains[b]! - gains[a]! || a - b);
  return {
    title: 'Features by gain',
    columns: ['feature', 'share of gain', 'splits'],
    rows: order.map((feature) => [
      artifact.features[feature] ?? '',
      total > 0 ? gains[feature]! / total : 0,
      splits[feature]!,
    ]),
    notes: ['gain counts what helped on the training rows; it favours features with many values'],
  };
}

/** What it is made of and how its training ended. */
export function trainingTable(artifact: ModelArtifact): ReportTable {
  const { spec, trees } = readTreeModel(artifact);
  return {
    title: 'Training',
    columns: ['what', 'value'],
    rows: [
      ['training rows', spec.rows],
      ['trees', trees.roots.length],
      ['leaves', trees.leafRows.length],
      ...spec.training,
    ],
    notes: spec.notes,
  };
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
