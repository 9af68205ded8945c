import { createGraphBuilder, type Graph } from './graph.ts';
import { readBundles, readModels, readPredictions } from './read-models.ts';
import { readRuns, readVerdicts } from './read-runs.ts';
import { readSnapshots } from './read-snapshots.ts';
import type { Records } from './store.ts';

/** Every record that came from another, as one graph, in the order of a model's life. */
export function readGraph(records: Records): Graph {
  const builder = createGraphBuilder();
  readSnapshots(records, builder);
  const answers = readRuns(records, builder);
  readVerdicts(records, builder, answers);
  const models = readModels(records, builder, answers);
  readBundles(records, builder, models);
  readPredictions(records, builder, models);
  const { nodes, edges } = builder.graph;
  return { nodes, edges: edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)) };
}
