import { Popover } from '@mantine/core';
import {
  ArrowDown,
  ArrowUp,
  CircleDashed,
  CircleDot,
  EyeOff,
  ListPlus,
  Pin,
  PinOff,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { RowView } from '../../../../preload/contract/views.ts';
import { ConditionForm } from './condition-form.tsx';
import type { GridLayout } from './grid-layout.ts';
import { addConditions, columnText, sortBy, sortOf } from './view-query.ts';
import { words } from './words.ts';

interface Props {
  readonly field: Field;
  /** Where the column's head ends, in the grid. */
  readonly place: { readonly left: number; readonly top: number };
  readonly view: RowView;
  readonly layout: GridLayout;
  readonly onView: (view: RowView) => void;
  readonly onLayout: (change: Partial<GridLayout>) => void;
  readonly onClose: () => void;
}

/** Everything that can be done with a column of the table. */
export function ColumnMenu({ field, place, view, layout, onView, onLayout, onClose }: Props) {
  const { name } = field;
  const sorted = sortOf(view, name);
  const isPinned = layout.pinned.includes(name);
  const others = (view.sort?.length ?? 0) > (sorted ? 1 : 0);
  const look = (next: RowView) => {
    onClose();
    onView(next);
  };
  const arrange = (change: Partial<GridLayout>) => {
    onClose();
    onLayout(change);
  };
  return (
    <Popover
      opened
      position="bottom-start"
      width={232}
      trapFocus
      returnFocus
      onChange={(open) => open || onClose()}
    >
      <Popover.Target>
        <div className="column-menu__anchor" style={place} />
      </Popover.Target>
      <Popover.Dropdown className="column-menu" aria-label={words.menuOf(name)}>
        <Item icon={ArrowUp} label={words.sortUp} onPick={() => look(sortBy(view, name, 'asc'))} />
        <Item icon={ArrowDown} label={words.sortDown} onPick={() => look(sortBy(view, name, 'desc'))} />
        {others && !sorted ? (
          <Item icon={ListPlus} label={words.sortAlso} onPick={() => look(sortBy(view, name, 'asc', true))} />
        ) : null}
        {sorted ? (
          <Item icon={X} label={words.sortNone} onPick={() => look(sortBy(view, name, null))} />
        ) : null}
        <hr />
        <Item
          icon={isPinned ? PinOff : Pin}
          label={isPinned ? words.unpin : words.pin}
          onPick={() =>
            arrange({
              pinned: isPinned ? layout.pinned.filter((one) => one !== name) : [...layout.pinned, name],
            })
          }
        />
        <Item icon={EyeOff} label={words.hide} onPick={() => arrange({ hidden: [...layout.hidden, name] })} />
        <hr />
        <Item
          icon={CircleDashed}
          label={words.onlyMissing}
          onPick={() => look(addConditions(view, `${columnText(name)} is missing`))}
        />
        <Item
          icon={CircleDot}
          label={words.onlyPresent}
          onPick={() => look(addConditions(view, `${columnText(name)} is not missing`))}
        />
        <hr />
        <ConditionForm field={field} onAdd={(condition) => look(addConditions(view, condition))} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Item({ icon: Icon, label, onPick }: { icon: LucideIcon; label: string; onPick: () => void }) {
  return (
    <button type="button" className="column-menu__item" onClick={onPick}>
      <Icon size={14} aria-hidden />
      {label}
    </button>
  );
}
