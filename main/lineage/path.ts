import type { LineageEdge, LineageNode, PathStep } from '../../preload/contract/lineage.ts';
import { sentenceOf } from '../../preload/contract/lineage-sentences.ts';
import type { Graph } from './graph.ts';
import { neighboursOf, reach, type Neighbours } from './reach.ts';

export interface LineagePath {
  readonly relation: 'led-to' | 'came-from' | 'related' | 'same' | 'none';
  readonly steps: PathStep[];
  readonly nodes: LineageNode[];
  readonly between: string[];
}

/**
 * The shortest way between two nodes, and everything on any way. First along the arrows, from either end; else over what both have
 * in common, with the links as they are walked from `from` to `to`.
 */
export function pathBetween(graph: Graph, from: string, to: string): LineagePath {
  const { after, before } = neighboursOf(graph);
  if (from === to) return describe(graph, 'same', [from], []);
  const forth = shortest(from, to, (id) => step(after, id, 'to'));
  if (forth) return describe(graph, 'led-to', within(after, before, from, to), forth);
  const back = shortest(to, from, (id) => step(after, id, 'to'));
  if (back) return describe(graph, 'came-from', within(after, before, to, from), back);
  const across = shortest(from, to, (id) => [...step(before, id, 'from'), ...step(after, id, 'to')]);
  if (!across) return describe(graph, 'none', [], []);
  const ends = new Set([from, to, ...across.flatMap((edge) => [edge.from, edge.to])]);
  return describe(graph, 'related', [...ends], across);
}

type Steps = readonly { readonly edge: LineageEdge; readonly next: string }[];

function step(neighbours: Neighbours, id: string, next: 'from' | 'to'): Steps {
  return (neighbours.get(id) ?? []).map((edge) => ({ edge, next: edge[next] }));
}

/** Breadth first; of several shortest ways the one whose links were recorded first. */
function shortest(start: string, end: string, from: (id: string) => Steps): LineageEdge[] | null {
  const cameBy = new Map<string, { readonly edge: LineageEdge; readonly at: string }>();
  const found = new Set([start]);
  for (const id of found) {
    if (id === end) break;
    for (const { edge, next } of from(id)) {
      if (found.has(next)) continue;
      found.add(next);
      cameBy.set(next, { edge, at: id });
    }
  }
  if (!found.has(end)) return null;
  const edges: LineageEdge[] = [];
  for (let at = end; at !== start;) {
    const by = cameBy.get(at);
    if (!by) return null;
    edges.push(by.edge);
    at = by.at;
  }
  return edges.toReversed();
}

/** What came of the first and led to the last, both among them. */
function within(after: Neighbours, before: Neighbours, first: string, last: string): string[] {
  const made = reach(after, first, 'to');
  return [...reach(before, last, 'from')].filter((id) => made.has(id));
}

function describe(
  { nodes }: Graph,
  relation: LineagePath['relation'],
  between: readonly string[],
  edges: readonly LineageEdge[],
): LineagePath {
  const ids = new Set(edges.length ? edges.flatMap(({ from, to }) => [from, to]) : between);
  return {
    relation,
    between: [...between],
    nodes: [...nodes.values()].filter(({ id }) => ids.has(id)),
    steps: edges.flatMap(({ from, to, how }) => {
      const [one, other] = [nodes.get(from), nodes.get(to)];
      return one && other ? [{ from, to, how, sentence: sentenceOf(how, one, other) }] : [];
    }),
  };
}
