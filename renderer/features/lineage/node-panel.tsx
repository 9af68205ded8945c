import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';
import { Facts } from '../../ui/facts.tsx';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { formatInstant, formatNumber } from '../../ui/text/format.ts';
import { Missing } from '../../ui/text/num.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { isAudited, kindIcons, kindOf, labelOf, nameOf, nodePath } from './kinds.ts';
import { words } from './words.ts';

interface Props {
  readonly node: LineageNode;
  readonly graph: OutputOf<'lineage.show'>;
  /** The page shows its lineage alone already. */
  readonly isAlone: boolean;
  readonly onClose: () => void;
  readonly onChoose: (node: string) => void;
  readonly onOpenGroup: (group: string) => void;
  readonly onCloseGroup: (group: string) => void;
  readonly onWhy: () => void;
}

/** What is known of one object of the graph, what can be done with it, and its neighbours. */
export function NodePanel({
  node,
  graph,
  isAlone,
  onClose,
  onChoose,
  onOpenGroup,
  onCloseGroup,
  onWhy,
}: Props) {
  const Icon = kindIcons[node.kind];
  const path = nodePath(node);
  const { group, members } = node;
  const before = graph.edges.filter(({ to }) => to === node.id);
  const after = graph.edges.filter(({ from }) => from === node.id);
  return (
    <aside className="panel lineage__panel" aria-label={nameOf(node)}>
      <header>
        <Icon size={14} aria-hidden />
        <h2 className="grow truncate" title={nameOf(node)}>
          {members === undefined ? node.label : nameOf(node)}
        </h2>
        <ActionIcon aria-label={words.close} onClick={onClose}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </header>
      <div className="body stack">
        <div className="row lineage__do">
          {path ? <a href={`#${path}`}>{words.openThis(words.kind[node.kind])}</a> : null}
          {members === undefined && !isAlone ? (
            <a href={`#${pathOf('lineage', node.id)}`}>{words.onlyThis}</a>
          ) : null}
          {isAudited(node) ? (
            <button type="button" className="link" onClick={() => go(pathOf('lineage', 'audit', node.id))}>
              {words.audit}
            </button>
          ) : null}
        </div>
        <div className="row lineage__do">
          {members === undefined ? (
            <Button size="xs" onClick={onWhy}>
              {words.whyFrom}
            </Button>
          ) : (
            <Button size="xs" onClick={() => onOpenGroup(node.id)}>
              {words.openGroup(members)}
            </Button>
          )}
          {group === undefined ? null : (
            <Button size="xs" onClick={() => onCloseGroup(group)}>
              {words.closeGroup}
            </Button>
          )}
        </div>
        <Facts
          of={[
            [words.facts.kind, words.kind[node.kind]],
            ...(node.at ? ([[words.facts.when, formatInstant(node.at)]] as const) : []),
            ...Object.entries(node.facts).map(
              ([name, value]) => [name.replaceAll('_', ' '), factValue(name, value)] as const,
            ),
          ]}
        />
        <Neighbours
          title={words.madeFrom}
          ids={before.map(({ from, how }) => [from, how])}
          graph={graph}
          onChoose={onChoose}
        />
        <Neighbours
          title={words.cameOfIt}
          ids={after.map(({ to, how }) => [to, how])}
          graph={graph}
          onChoose={onChoose}
        />
      </div>
    </aside>
  );
}

function factValue(name: string, value: string | number | boolean | null) {
  if (value === null || value === '') return <Missing word={words.none} />;
  if (typeof value === 'number') return <span title={String(value)}>{formatNumber(value)}</span>;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (/^(sha256:)?[0-9a-f]{40,}$/.test(value)) return <ShortId id={value} length={16} label={name} />;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return formatInstant(value);
  return value;
}

interface NeighboursProps {
  readonly title: string;
  readonly ids: readonly (readonly [id: string, how: string])[];
  readonly graph: OutputOf<'lineage.show'>;
  readonly onChoose: (node: string) => void;
}

const mostListed = 60;

function Neighbours({ title, ids, graph, onChoose }: NeighboursProps) {
  if (!ids.length) return null;
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  return (
    <section>
      <h3>
        {title} {ids.length > mostListed ? <span className="dim">({formatNumber(ids.length)})</span> : null}
      </h3>
      <ul className="lineage__neighbours">
        {ids.slice(0, mostListed).map(([id, how]) => {
          const other = known.get(id);
          return other ? (
            <li key={`${id} ${how}`}>
              <button type="button" className="link" onClick={() => onChoose(id)}>
                {kindOf(other)} {labelOf(other)}
              </button>{' '}
              <span className="small dim">{how}</span>
            </li>
          ) : null;
        })}
      </ul>
    </section>
  );
}
