import { graphlib, layout } from '@dagrejs/dagre';
import type { OutputOf } from '../../api/methods.ts';

export const nodeWidth = 188;
export const nodeHeight = 44;

export type Direction = 'LR' | 'TB';

export interface Layout {
  readonly direction: Direction;
  /** Left top corner of each node. */
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly width: number;
  readonly height: number;
}

/** Where each node stands, layered from what was first to what came of it. */
export function layOut(
  { nodes, edges }: Pick<OutputOf<'lineage.show'>, 'nodes' | 'edges'>,
  direction: Direction,
): Layout {
  const graph = new graphlib.Graph();
  graph.setGraph({
    rankdir: direction,
    nodesep: 16,
    ranksep: direction === 'LR' ? 56 : 40,
    marginx: 16,
    marginy: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: nodeWidth, height: nodeHeight });
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  const places = new Map(
    nodes.map(({ id }) => {
      const at = graph.node(id) as { x?: number; y?: number };
      return [id, { x: (at.x ?? 0) - nodeWidth / 2, y: (at.y ?? 0) - nodeHeight / 2 }];
    }),
  );
  const all = [...places.values()];
  return {
    direction,
    places,
    width: Math.max(0, ...all.map(({ x }) => x)) + nodeWidth,
    height: Math.max(0, ...all.map(({ y }) => y)) + nodeHeight,
  };
}

/** How large a layout can be shown in a frame; 1 is full size. */
export function fitZoom(
  { width, height }: Pick<Layout, 'width' | 'height'>,
  frameWidth: number,
  frameHeight: number,
): number {
  return Math.min(1, frameWidth / Math.max(1, width), frameHeight / Math.max(1, height));
}

/** The direction in which more can be read; left to right where both are as good. */
export function bestLayout(
  graph: Pick<OutputOf<'lineage.show'>, 'nodes' | 'edges'>,
  frameWidth: number,
  frameHeight: number,
): Layout {
  const across = layOut(graph, 'LR');
  const down = layOut(graph, 'TB');
  return fitZoom(down, frameWidth, frameHeight) > fitZoom(across, frameWidth, frameHeight) * 1.15
    ? down
    : across;
}
