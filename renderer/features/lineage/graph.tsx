import '@xyflow/react/dist/base.css';
import {
  Background,
  Controls,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Node,
  type NodeProps,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';
import { kindIcons, kindOf, labelOf, nameOf } from './kinds.ts';
import { bestLayout, nodeHeight, nodeWidth, type Direction } from './layout.ts';

type GraphNode = Node<
  {
    readonly node: LineageNode;
    readonly isFocus: boolean;
    readonly isMarked: boolean;
    readonly direction: Direction;
  },
  'lineage'
>;

interface Props {
  readonly graph: OutputOf<'lineage.show'>;
  readonly chosen: string | null;
  /** The way between two objects that is looked at. */
  readonly path: OutputOf<'lineage.path'> | null;
  readonly onChoose: (node: string) => void;
  readonly onOpenGroup: (group: string) => void;
}

const nodeTypes = { lineage: Card };
const fit = { minZoom: 0.5, maxZoom: 1, padding: 0.06 };

/** The lineage as a graph; a click tells more of a node, a double click or Enter opens a group. */
export function Graph(props: Props) {
  const { ref, width, height } = useElementSize();
  return (
    <div ref={ref} style={{ height: '100%' }}>
      {width && height ? <Drawn {...props} width={width} height={height} /> : null}
    </div>
  );
}

function Drawn({
  graph,
  chosen,
  path,
  onChoose,
  onOpenGroup,
  width,
  height,
}: Props & { width: number; height: number }) {
  const scheme = useComputedColorScheme('light');
  const { places, direction } = useMemo(() => bestLayout(graph, width, height), [graph, width, height]);
  const [flow, setFlow] = useState<Pick<ReactFlowInstance<GraphNode>, 'fitView'> | null>(null);
  useEffect(() => {
    if (!places.size) return undefined;
    // After the nodes have moved: what is drawn fits the frame again.
    const soon = requestAnimationFrame(() => void flow?.fitView(fit));
    return () => cancelAnimationFrame(soon);
  }, [flow, places]);
  const marked = useMemo(() => new Set(path?.nodes.map(({ id }) => id)), [path]);
  const steps = useMemo(
    () => new Set(path?.steps.map(({ from, to, how }) => `${from} ${how} ${to}`)),
    [path],
  );
  const nodes = useMemo(
    () =>
      graph.nodes.map((node): GraphNode => ({
        id: node.id,
        type: 'lineage',
        position: places.get(node.id) ?? { x: 0, y: 0 },
        width: nodeWidth,
        height: nodeHeight,
        selected: node.id === chosen,
        ariaLabel: nameOf(node),
        data: { node, isFocus: node.id === graph.focus, isMarked: marked.has(node.id), direction },
      })),
    [graph, places, direction, chosen, marked],
  );
  const edges = useMemo(
    () =>
      graph.edges.map(({ from, to, how, count }) => ({
        id: `${from} ${how} ${to}`,
        source: from,
        target: to,
        ariaLabel: how,
        markerEnd: {
          type: MarkerType.ArrowClosed,
          width: 14,
          height: 14,
          ...(steps.has(`${from} ${how} ${to}`) ? { color: 'var(--accent)', width: 9, height: 9 } : {}),
        },
        ...(count === undefined || count < 2 ? {} : { label: count.toLocaleString() }),
        className: edgeClass(
          from === chosen || to === chosen,
          steps.has(`${from} ${how} ${to}`),
          path !== null && path.steps.length > 0,
        ),
      })),
    [graph, chosen, path, steps],
  );
  return (
    <ReactFlow
      key={direction}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      colorMode={scheme}
      fitView
      fitViewOptions={fit}
      onInit={setFlow}
      minZoom={0.1}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      proOptions={{ hideAttribution: true }}
      onNodeClick={(_, node) => onChoose(node.id)}
      onNodeDoubleClick={(_, { id, data }) => {
        if (data.node.members !== undefined) onOpenGroup(id);
      }}
      zoomOnDoubleClick={false}
      onKeyDown={(event) => {
        const id = event.key === 'Enter' ? (event.target as HTMLElement).dataset['id'] : undefined;
        if (id?.startsWith('group:')) onOpenGroup(id);
      }}
      onNodesChange={(changes) => {
        for (const change of changes) if (change.type === 'select' && change.selected) onChoose(change.id);
      }}
    >
      <Background gap={24} size={1} />
      <Controls showInteractive={false} position="bottom-left" />
    </ReactFlow>
  );
}

function edgeClass(isNear: boolean, isStep: boolean, hasPath: boolean): string {
  if (isStep) return 'lineage-edge is-step';
  if (hasPath) return 'lineage-edge is-aside';
  return isNear ? 'lineage-edge is-near' : 'lineage-edge';
}

function Card({ data, selected }: NodeProps<GraphNode>) {
  const { node, isFocus, isMarked, direction } = data;
  const Icon = kindIcons[node.kind];
  return (
    <div
      className="lineage-card"
      data-chosen={selected || undefined}
      data-focus={isFocus || undefined}
      data-marked={isMarked || undefined}
      data-group={node.members !== undefined || undefined}
    >
      <Handle
        type="target"
        position={direction === 'LR' ? Position.Left : Position.Top}
        isConnectable={false}
      />
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className="grow">
        <span className="lineage-card__kind">{kindOf(node)}</span>
        <span className="truncate lineage-card__label" title={nameOf(node)}>
          {labelOf(node)}
        </span>
      </span>
      <Handle
        type="source"
        position={direction === 'LR' ? Position.Right : Position.Bottom}
        isConnectable={false}
      />
    </div>
  );
}
