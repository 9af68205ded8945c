import { fail } from '../../preload/contract/errors.ts';
import type { LineageEdge, LineageNode } from '../../preload/contract/lineage.ts';
import type { Db } from '../platform/database/index.ts';
import { modelNode, snapshotNode, type Graph } from './store.ts';

/**
 * The node a person means by a run id, `dataset[@n]`, snapshot id, `model[@n]`, bundle digest, or an id of the graph itself.
 * A model outranks a dataset of the same name: it is further along, and its graph holds the dataset; `dataset:NAME` means the dataset.
 * Digests may be shortened to 8 or more digits while only one object matches.
 */
export function findNode(db: Db, graph: Graph, id: string): LineageNode {
  const nodes = [...graph.nodes.values()];
  const shortened = /^[0-9a-f]{8,}$/.test(id) ? nodes.filter((node) => node.id.includes(`:${id}`)) : [];
  const found =
    graph.nodes.get(id) ??
    graph.nodes.get(modelNode(db, id) ?? '') ??
    graph.nodes.get(snapshotNode(db, id.replace(/^dataset:/, '')) ?? '') ??
    nodes.find((node) => node.id.slice(node.id.indexOf(':') + 1) === id) ??
    (shortened.length === 1 ? shortened[0] : undefined);
  if (!found) throw fail('lineage-unknown', { id });
  return found;
}

/** Everything the node came from and everything that came from it. */
export function around(graph: Graph, focus: string): { nodes: LineageNode[]; edges: LineageEdge[] } {
  const kept = new Set([
    ...reach(graph.edges, focus, 'to', 'from'),
    ...reach(graph.edges, focus, 'from', 'to'),
  ]);
  return {
    nodes: [...graph.nodes.values()].filter(({ id }) => kept.has(id)),
    edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}

function reach(
  edges: readonly LineageEdge[],
  start: string,
  at: 'from' | 'to',
  next: 'from' | 'to',
): Set<string> {
  const neighbours = Map.groupBy(edges, (edge) => edge[at]);
  const found = new Set([start]);
  // A set grows while it is walked: each node's neighbours join the end once.
  for (const id of found) for (const edge of neighbours.get(id) ?? []) found.add(edge[next]);
  return found;
}
