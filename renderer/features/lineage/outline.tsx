import type { OutputOf } from '../../api/methods.ts';
import { kindIcons, labelOf } from './kinds.ts';
import { outlineOf } from './outline-rows.ts';

interface Props {
  readonly graph: OutputOf<'lineage.show'>;
  readonly chosen: string | null;
  readonly onChoose: (node: string) => void;
}

/** The same graph as an indented list: what each thing was made from stands above it. */
export function Outline({ graph, chosen, onChoose }: Props) {
  return (
    <ul className="outline" aria-label="Lineage outline">
      {outlineOf(graph).map(({ node, depth, how, again }) => {
        const Icon = kindIcons[node.kind];
        return (
          <li key={`${depth} ${how} ${node.id}`} style={{ paddingLeft: depth * 20 }}>
            <button
              type="button"
              aria-current={node.id === chosen || undefined}
              onClick={() => onChoose(node.id)}
            >
              <Icon size={14} strokeWidth={1.75} aria-hidden />
              <span className="dim">{node.kind}</span> {labelOf(node)}
              {how ? <span className="small faint">{how}</span> : null}
              {again ? <span className="small faint">(see above)</span> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
