import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { kindIcons, kindOf, labelOf } from './kinds.ts';
import { outlineOf, type OutlineRow } from './outline-rows.ts';
import { words } from './words.ts';

interface Props {
  readonly graph: OutputOf<'lineage.show'>;
  readonly chosen: string | null;
  /** On the path that is looked at. */
  readonly marked: ReadonlySet<string>;
  readonly onChoose: (node: string) => void;
  readonly onOpenGroup: (group: string) => void;
}

/**
 * The same graph as a tree to read: what each thing was made from stands above it. One row has the focus; arrows move it, right
 * and left unfold and fold, Enter chooses (and opens a group).
 */
export function Outline({ graph, chosen, marked, onChoose, onOpenGroup }: Props) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string | null>(null);
  const tree = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => outlineOf(graph, folded), [graph, folded]);
  const current =
    rows.find(({ key }) => key === at) ?? rows.find(({ node }) => node.id === chosen) ?? rows[0];
  const focus = (row: OutlineRow | undefined) => {
    if (!row) return;
    setAt(row.key);
    tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`)?.focus();
  };
  const fold = (row: OutlineRow, away: boolean) => {
    const next = new Set(folded);
    if (away) next.add(row.key);
    else next.delete(row.key);
    setFolded(next);
  };
  const choose = (row: OutlineRow) => {
    setAt(row.key);
    onChoose(row.node.id);
    if (row.node.members !== undefined) onOpenGroup(row.node.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const i = current ? rows.indexOf(current) : -1;
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const isFolded = folded.has(current.key);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(rows[i + 1]),
      ArrowUp: () => focus(rows[i - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => {
        if (current.hasChildren && isFolded) fold(current, false);
        else if (current.hasChildren) focus(rows[i + 1]);
      },
      ArrowLeft: () => {
        if (current.hasChildren && !isFolded) fold(current, true);
        else focus(rows.slice(0, i).findLast(({ depth }) => depth < current.depth));
      },
      Enter: () => choose(current),
      ' ': () => choose(current),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <ul className="outline" role="tree" aria-label={words.outlineOf} ref={tree} onKeyDown={onKeyDown}>
      {rows.map((row) => {
        const { key, node, depth, how, again, hasChildren } = row;
        const Icon = kindIcons[node.kind];
        const isFolded = folded.has(key);
        const Fold = isFolded ? ChevronRight : ChevronDown;
        return (
          <li
            key={key}
            role="treeitem"
            data-key={key}
            aria-level={depth + 1}
            aria-selected={node.id === chosen}
            {...(hasChildren ? { 'aria-expanded': !isFolded } : {})}
            data-marked={marked.has(node.id) || undefined}
            tabIndex={row === current ? 0 : -1}
            style={{ paddingLeft: 8 + depth * 20 }}
            onClick={() => choose(row)}
            onFocus={() => setAt(key)}
            onKeyDown={() => undefined}
          >
            <span
              className="outline__fold"
              aria-hidden
              onClick={(event) => {
                event.stopPropagation();
                if (hasChildren) fold(row, !isFolded);
              }}
            >
              {hasChildren ? <Fold size={14} /> : null}
            </span>
            <Icon size={14} strokeWidth={1.75} aria-hidden />
            <span className="dim">{kindOf(node)}</span> {labelOf(node)}
            {how ? <span className="small faint">{how}</span> : null}
            {again ? <span className="small faint">{words.seeAbove}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
