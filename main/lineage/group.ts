import type { Grouping, LineageEdge, LineageNode } from '../../preload/contract/lineage.ts';
import type { Graph } from './graph.ts';
import { compare } from './read-snapshots.ts';

export interface GroupOptions {
  readonly by: Grouping;
  /** Ids of groups, each as often as its members are to be shown by the page. */
  readonly open: readonly string[];
  /** Never put in a group. */
  readonly keep: readonly string[];
}

/** Fewer objects than this stand on their own. */
const fewest = 5;
/** How many members one opening shows. */
const page = 40;
/** From so many objects on, `auto` groups; and as many a picture may hold before small groups are put together too. */
const comfortable = 80;
const mostDrawn = 160;

/**
 * Puts objects of the same kind that belong to the same dataset or model in one node, so that thousands can be looked at. An opened
 * group shows its latest members and stands for the rest. Links between groups are counted.
 */
export function groupGraph(graph: Graph, { by, open, keep }: GroupOptions): Graph {
  if (by === 'none' || (by === 'auto' && graph.nodes.size <= comfortable)) return graph;
  const belongs = ownersOf(graph, by === 'auto' ? 'dataset' : by);
  const kept = new Set(keep);
  const groups = Map.groupBy(
    [...graph.nodes.values()].filter(({ id }) => !kept.has(id)),
    (node) => groupId(node.kind, belongs(node.id)),
  );
  poolSmallGroups(groups, graph.nodes.size - kept.size);
  const opened = Map.groupBy(open, (id) => id);
  const standIn = new Map<string, string>();
  const nodes = new Map<string, LineageNode>();
  for (const id of kept) {
    const node = graph.nodes.get(id);
    if (node) nodes.set(id, node);
  }
  for (const [id, members] of groups) {
    if (members.length < fewest) {
      for (const node of members) nodes.set(node.id, node);
      continue;
    }
    const latest = members.toSorted((a, b) => compare(b.at ?? '', a.at ?? ''));
    const shown = latest.slice(0, page * (opened.get(id)?.length ?? 0));
    for (const node of shown) nodes.set(node.id, { ...node, group: id });
    const rest = latest.slice(shown.length);
    for (const node of rest) standIn.set(node.id, id);
    if (rest.length) nodes.set(id, groupNode(id, rest));
  }
  return { nodes, edges: joinEdges(graph.edges, (id) => standIn.get(id) ?? id) };
}

function groupId(kind: string, owner: string): string {
  return `group:${kind}:${owner}`;
}

/** Where too much is left to draw, small groups of one kind become one, whatever they belong to. */
function poolSmallGroups(groups: Map<string, LineageNode[]>, total: number): void {
  const alone = [...groups].filter(([, members]) => members.length < fewest);
  const drawn = groups.size - alone.length + alone.reduce((sum, [, members]) => sum + members.length, 0);
  if (total <= mostDrawn || drawn <= mostDrawn) return;
  for (const [id, members] of alone) {
    groups.delete(id);
    for (const node of members) {
      const pool = groupId(node.kind, '*');
      groups.set(pool, [...(groups.get(pool) ?? []), node]);
    }
  }
}

function groupNode(id: string, members: readonly LineageNode[]): LineageNode {
  const [latest] = members;
  const kind = latest?.kind ?? 'run';
  const owner = id.slice(`group:${kind}:`.length);
  return {
    id,
    kind,
    label: `${members.length} ${kind}s`,
    at: latest?.at ?? null,
    facts: {
      of: owner === '*' ? 'several' : owner || null,
      objects: members.length,
      first: members.at(-1)?.at ?? null,
      last: latest?.at ?? null,
    },
    members: members.length,
  };
}

function joinEdges(edges: readonly LineageEdge[], stand: (id: string) => string): LineageEdge[] {
  const joined = new Map<string, LineageEdge>();
  for (const { from, to, how } of edges) {
    const [one, other] = [stand(from), stand(to)];
    if (one === other) continue;
    const key = `${one} ${other} ${how}`;
    const before = joined.get(key);
    const isLink = one === from && other === to;
    joined.set(key, { from: one, to: other, how, ...(isLink ? {} : { count: (before?.count ?? 0) + 1 }) });
  }
  return [...joined.values()];
}

/** Which dataset or model each object belongs to: the first it leads to or comes from; '' where there is none. */
function ownersOf({ nodes, edges }: Graph, by: 'kind' | 'dataset' | 'model'): (id: string) => string {
  const owners = new Map<string, string>();
  if (by === 'kind') return () => '';
  for (const { id, kind, label, facts } of nodes.values()) {
    if (by === 'dataset' && kind === 'snapshot') owners.set(id, String(facts['dataset'] ?? label));
    if (by === 'model' && kind === 'model') owners.set(id, label.split('@')[0] ?? label);
  }
  const after = Map.groupBy(edges, ({ from }) => from);
  const before = Map.groupBy(edges, ({ to }) => to);
  const spread = (neighbours: ReadonlyMap<string, readonly LineageEdge[]>, next: 'from' | 'to') => {
    for (const [id, owner] of owners) {
      for (const edge of neighbours.get(id) ?? []) if (!owners.has(edge[next])) owners.set(edge[next], owner);
    }
  };
  // What a dataset led to is found first; what a model came from is.
  if (by === 'dataset') {
    spread(after, 'to');
    spread(before, 'from');
  } else {
    spread(before, 'from');
    spread(after, 'to');
  }
  return (id) => owners.get(id) ?? '';
}
