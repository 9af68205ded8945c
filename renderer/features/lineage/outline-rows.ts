import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';

export interface OutlineRow {
  /** Unique among the rows: the way down to it. */
  readonly key: string;
  readonly node: LineageNode;
  readonly depth: number;
  /** How it came from the row it stands under; '' at the roots. */
  readonly how: string;
  /** What comes of it stands where it was listed first. */
  readonly again: boolean;
  /** Has rows below it, or would have when unfolded. */
  readonly hasChildren: boolean;
}

/**
 * The graph as rows of a tree, roots first; a node with several origins is listed under each, told in full once. What stands
 * below a folded row is left out.
 */
export function outlineOf(
  { nodes, edges }: Pick<OutputOf<'lineage.show'>, 'nodes' | 'edges'>,
  folded: ReadonlySet<string> = new Set(),
): readonly OutlineRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = edges.filter(({ from, to }) => byId.has(from) && byId.has(to));
  const after = Map.groupBy(known, ({ from }) => from);
  const hasOrigin = new Set(known.map(({ to }) => to));
  const rows: OutlineRow[] = [];
  const told = new Set<string>();
  const tell = (node: LineageNode, depth: number, how: string, way: string, shown: boolean) => {
    const key = `${way}/${node.id}`;
    const next = after.get(node.id) ?? [];
    const again = told.has(node.id) && next.length > 0;
    const isNew = !told.has(node.id);
    told.add(node.id);
    if (shown) rows.push({ key, node, depth, how, again, hasChildren: isNew && next.length > 0 });
    if (!isNew) return;
    for (const edge of next) {
      const child = byId.get(edge.to);
      if (child) tell(child, depth + 1, edge.how, `${key} ${edge.how}`, shown && !folded.has(key));
    }
  };
  for (const node of nodes) if (!hasOrigin.has(node.id)) tell(node, 0, '', '', true);
  for (const node of nodes) if (!told.has(node.id)) tell(node, 0, '', '', true);
  return rows;
}
