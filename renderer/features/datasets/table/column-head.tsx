import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { memo, useRef } from 'react';
import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { formatPercent } from '../../../ui/text/format.ts';
import { typeWords, TypeIcon } from '../column-types.tsx';
import { MiniHistogram } from '../profile/mini-histogram.tsx';
import { barCondition } from './bar-condition.ts';
import type { GridActions } from './grid-actions.ts';
import type { Placed } from './grid-layout.ts';
import type { Direction } from './view-query.ts';
import { words } from './words.ts';

interface Props {
  readonly id: string;
  readonly column: Placed;
  readonly left: number;
  readonly profile: ColumnProfile | undefined;
  readonly direction: Direction | null;
  readonly sortPlace: number;
  /** The sort has more than one key, so that its place is worth saying. */
  readonly many: boolean;
  readonly active: boolean;
  /** Null where rows stand as they are and columns as wide as they are. */
  readonly actions: GridActions | null;
}

/** Name, type, the shape of the values, and how much is missing; sorts, and opens the column's menu. */
export const ColumnHead = memo(function ColumnHead(props: Props) {
  const { id, column, left, profile, direction, sortPlace, many, active, actions } = props;
  const { field, width, place } = column;
  const share = profile?.rows ? profile.missing / profile.rows : 0;
  const missing = profile ? (share ? formatPercent(share) : '') : null;
  const Arrow = direction === 'desc' ? ArrowDown : ArrowUp;
  const { title, unit } = nameParts(field);
  const name = (
    <>
      {title}
      {unit ? <span className="dim"> {unit}</span> : null}
    </>
  );
  return (
    <div
      id={id}
      role="columnheader"
      tabIndex={-1}
      aria-colindex={place + 1}
      aria-sort={direction === null ? 'none' : direction === 'desc' ? 'descending' : 'ascending'}
      className="data-grid__column"
      data-place={place}
      data-active={active || undefined}
      style={{ left, width }}
      title={words.headAbout(field.name, typeWords(field.type).label, missing)}
    >
      <div className="data-grid__name">
        <TypeIcon type={field.type} />
        {actions ? (
          <button
            type="button"
            tabIndex={-1}
            className="data-grid__sort truncate"
            onClick={(event) => actions.sort(field.name, event.shiftKey)}
          >
            {name}
          </button>
        ) : (
          <span className="data-grid__sort truncate">{name}</span>
        )}
        {direction ? (
          <span className="data-grid__sorted">
            <Arrow size={12} aria-hidden />
            {many ? sortPlace + 1 : null}
          </span>
        ) : null}
        {actions ? (
          <button
            type="button"
            tabIndex={-1}
            className="data-grid__menu"
            aria-label={words.menuOf(field.name)}
            onClick={() => actions.menu(field.name)}
          >
            <ChevronDown size={12} aria-hidden />
          </button>
        ) : null}
      </div>
      <div className="data-grid__shape">
        {profile && actions ? (
          <MiniHistogram
            profile={profile}
            width={Math.max(16, width - 17)}
            height={20}
            onPick={(bar) => actions.keep(barCondition(profile, bar))}
          />
        ) : null}
      </div>
      <div className="data-grid__missing" data-any={share ? true : undefined}>
        <div style={{ width: `${Math.max(share ? 3 : 0, share * 100)}%` }} />
      </div>
      {actions ? <Resizer column={column} onWidth={(to) => actions.width(field.name, to)} /> : null}
    </div>
  );
});

/** A unit in brackets at the end of a name stands apart: `price (USD)`. */
function nameParts({ name }: Field): { title: string; unit: string | null } {
  const [, title, unit] = /^(.*\S)\s*[([]([^()[\]]{1,12})[)\]]$/.exec(name) ?? [];
  return title === undefined || unit === undefined ? { title: name, unit: null } : { title, unit };
}

/** The edge of a column, to be dragged. */
function Resizer({ column, onWidth }: { column: Placed; onWidth: (width: number) => void }) {
  const start = useRef({ x: 0, width: 0 });
  return (
    <div
      className="data-grid__resize"
      title={words.resize(column.field.name)}
      aria-hidden
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: column.width };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const width = start.current.width + event.clientX - start.current.x;
        onWidth(width);
      }}
    />
  );
}
