import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';
import { Facts } from '../../ui/facts.tsx';
import { formatInstant, formatNumber } from '../../ui/text/format.ts';
import { Missing } from '../../ui/text/num.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { kindIcons, labelOf, nodePath } from './kinds.ts';

interface Props {
  readonly node: LineageNode;
  readonly graph: OutputOf<'lineage.show'>;
  readonly onClose: () => void;
  readonly onChoose: (node: string) => void;
}

/** What is known of one object of the graph, and its neighbours. */
export function NodePanel({ node, graph, onClose, onChoose }: Props) {
  const Icon = kindIcons[node.kind];
  const path = nodePath(node);
  const before = graph.edges.filter(({ to }) => to === node.id);
  const after = graph.edges.filter(({ from }) => from === node.id);
  return (
    <aside className="panel lineage__panel" aria-label={`${node.kind} ${node.label}`}>
      <header>
        <Icon size={14} aria-hidden />
        <h2 className="grow truncate" title={node.label}>
          {node.label}
        </h2>
        <ActionIcon aria-label="close" onClick={onClose}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </header>
      <div className="body stack">
        {path ? <a href={`#${path}`}>Open this {node.kind}</a> : null}
        <Facts
          of={[
            ['kind', node.kind],
            ...(node.at ? ([['when', formatInstant(node.at)]] as const) : []),
            ...Object.entries(node.facts).map(
              ([name, value]) => [name.replaceAll('_', ' '), factValue(name, value)] as const,
            ),
          ]}
        />
        <Neighbours
          title="Made from"
          ids={before.map(({ from, how }) => [from, how])}
          graph={graph}
          onChoose={onChoose}
        />
        <Neighbours
          title="What came of it"
          ids={after.map(({ to, how }) => [to, how])}
          graph={graph}
          onChoose={onChoose}
        />
      </div>
    </aside>
  );
}

function factValue(name: string, value: string | number | boolean | null) {
  if (value === null || value === '') return <Missing word="none" />;
  if (typeof value === 'number') return <span title={String(value)}>{formatNumber(value)}</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (/^(sha256:)?[0-9a-f]{40,}$/.test(value)) return <ShortId id={value} length={16} label={name} />;
  return value;
}

interface NeighboursProps {
  readonly title: string;
  readonly ids: readonly (readonly [id: string, how: string])[];
  readonly graph: OutputOf<'lineage.show'>;
  readonly onChoose: (node: string) => void;
}

function Neighbours({ title, ids, graph, onChoose }: NeighboursProps) {
  if (!ids.length) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="lineage__neighbours">
        {ids.map(([id, how]) => {
          const other = graph.nodes.find((one) => one.id === id);
          return other ? (
            <li key={`${id} ${how}`}>
              <button type="button" className="link" onClick={() => onChoose(id)}>
                {other.kind} {labelOf(other)}
              </button>{' '}
              <span className="small dim">{how}</span>
            </li>
          ) : null;
        })}
      </ul>
    </section>
  );
}
