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
} from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';
import { kindIcons, labelOf } from './kinds.ts';
import { bestLayout, nodeHeight, nodeWidth, type Direction } from './layout.ts';

type GraphNode = Node<
  { readonly node: LineageNode; readonly isFocus: boolean; readonly direction: Direction },
  'lineage'
>;

interface Props {
  readonly graph: OutputOf<'lineage.show'>;
  readonly chosen: string | null;
  readonly onChoose: (node: string) => void;
}

const nodeTypes = { lineage: Card };

/** The lineage as a graph; a click tells more of a node. */
export function Graph(props: Props) {
  const { ref, width, height } = useElementSize();
  return (
    <div ref={ref} style={{ height: '100%' }}>
      {width && height ? <Drawn {...props} width={width} height={height} /> : null}
    </div>
  );
}

function Drawn({ graph, chosen, onChoose, width, height }: Props & { width: number; height: number }) {
  const scheme = useComputedColorScheme('light');
  const { places, direction } = useMemo(() => bestLayout(graph, width, height), [graph, width, height]);
  const nodes = useMemo(
    () =>
      graph.nodes.map((node): GraphNode => ({
        id: node.id,
        type: 'lineage',
        position: places.get(node.id) ?? { x: 0, y: 0 },
        width: nodeWidth,
        height: nodeHeight,
        selected: node.id === chosen,
        ariaLabel: `${node.kind} ${labelOf(node)}`,
        data: { node, isFocus: node.id === graph.focus, direction },
      })),
    [graph, places, direction, chosen],
  );
  const edges = useMemo(
    () =>
      graph.edges.map(({ from, to, how }) => ({
        id: `${from} ${how} ${to}`,
        source: from,
        target: to,
        ariaLabel: how,
        markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
        className: from === chosen || to === chosen ? 'lineage-edge is-near' : 'lineage-edge',
      })),
    [graph, chosen],
  );
  return (
    <ReactFlow
      key={direction}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      colorMode={scheme}
      fitView
      fitViewOptions={{ minZoom: 0.7, maxZoom: 1, padding: 0.06 }}
      minZoom={0.1}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      proOptions={{ hideAttribution: true }}
      onNodeClick={(_, node) => onChoose(node.id)}
      onNodesChange={(changes) => {
        for (const change of changes) if (change.type === 'select' && change.selected) onChoose(change.id);
      }}
    >
      <Background gap={24} size={1} />
      <Controls showInteractive={false} position="bottom-left" />
    </ReactFlow>
  );
}

function Card({ data, selected }: NodeProps<GraphNode>) {
  const { node, isFocus, direction } = data;
  const Icon = kindIcons[node.kind];
  return (
    <div className="lineage-card" data-chosen={selected || undefined} data-focus={isFocus || undefined}>
      <Handle
        type="target"
        position={direction === 'LR' ? Position.Left : Position.Top}
        isConnectable={false}
      />
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className="grow">
        <span className="lineage-card__kind">{node.kind}</span>
        <span className="truncate lineage-card__label" title={node.label}>
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
