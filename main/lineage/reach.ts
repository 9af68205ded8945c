import type { LineageEdge } from '../../preload/contract/lineage.ts';
import type { Graph } from './graph.ts';

export type Neighbours = ReadonlyMap<string, readonly LineageEdge[]>;

/** Edges by where they begin, and by where they end. */
export function neighboursOf({ edges }: Pick<Graph, 'edges'>): {
  readonly after: Neighbours;
  readonly before: Neighbours;
} {
  return { after: Map.groupBy(edges, ({ from }) => from), before: Map.groupBy(edges, ({ to }) => to) };
}

/** A node and all that came of it (`after`) or that it came of (`before`). */
export function reach(neighbours: Neighbours, start: string, next: 'from' | 'to'): ReadonlySet<string> {
  const found = new Set([start]);
  // A set grows while it is walked: each node's neighbours join the end once.
  for (const id of found) for (const edge of neighbours.get(id) ?? []) found.add(edge[next]);
  return found;
}

/** Everything the node came from and everything that came from it. */
export function around(graph: Graph, focus: string): Graph {
  const { after, before } = neighboursOf(graph);
  const kept = new Set([...reach(before, focus, 'from'), ...reach(after, focus, 'to')]);
  return {
    nodes: new Map([...graph.nodes].filter(([id]) => kept.has(id))),
    edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}
