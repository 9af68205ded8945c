import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';

export interface OutlineRow {
  readonly node: LineageNode;
  readonly depth: number;
  /** How it came from the row it stands under; '' at the roots. */
  readonly how: string;
  /** What comes of it stands where it was listed first. */
  readonly again: boolean;
}

/** The graph as rows of a tree, roots first; a node with several origins is listed under each, told in full once. */
export function outlineOf({
  nodes,
  edges,
}: Pick<OutputOf<'lineage.show'>, 'nodes' | 'edges'>): readonly OutlineRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hasOrigin = new Set(edges.filter(({ from }) => byId.has(from)).map(({ to }) => to));
  const rows: OutlineRow[] = [];
  const told = new Set<string>();
  const tell = (node: LineageNode, depth: number, how: string) => {
    const again = told.has(node.id);
    rows.push({ node, depth, how, again: again && edges.some(({ from }) => from === node.id) });
    if (again) return;
    told.add(node.id);
    for (const edge of edges) {
      const next = edge.from === node.id ? byId.get(edge.to) : undefined;
      if (next) tell(next, depth + 1, edge.how);
    }
  };
  for (const node of nodes) if (!hasOrigin.has(node.id)) tell(node, 0, '');
  for (const node of nodes) if (!told.has(node.id)) tell(node, 0, '');
  return rows;
}
