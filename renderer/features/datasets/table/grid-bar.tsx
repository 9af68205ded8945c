import { Button, Checkbox, CloseButton, Menu, Popover, TextInput } from '@mantine/core';
import { Columns3, Copy, Filter, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { RowView } from '../../../../preload/contract/views.ts';
import { shortcutWords } from '../../../ui/actions/shortcut.ts';
import type { GridLayout } from './grid-layout.ts';
import { addConditions, removeCondition } from './view-query.ts';
import { words } from './words.ts';

interface Props {
  readonly schema: readonly Field[];
  readonly view: RowView;
  readonly layout: GridLayout;
  readonly hasSelection: boolean;
  readonly onView: (view: RowView) => void;
  readonly onLayout: (change: Partial<GridLayout>) => void;
  readonly onCopy: (heads: boolean) => void;
}

/** Search, conditions, which columns are shown, and copying. */
export function GridBar({ schema, view, layout, hasSelection, onView, onLayout, onCopy }: Props) {
  return (
    <div className="grid-bar">
      <SearchField view={view} onView={onView} />
      <ConditionField view={view} onView={onView} />
      {(view.where ?? []).map((condition) => (
        <span key={condition} className="grid-bar__chip">
          <code>{condition}</code>
          <CloseButton
            size="xs"
            aria-label={words.remove(condition)}
            onClick={() => onView(removeCondition(view, condition))}
          />
        </span>
      ))}
      {view.where || view.search ? (
        <button
          type="button"
          className="link small"
          onClick={() => onView(view.sort ? { sort: view.sort } : {})}
        >
          {words.clear}
        </button>
      ) : null}
      <span className="grow" />
      <ColumnChooser schema={schema} layout={layout} onLayout={onLayout} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            leftSection={<Copy size={14} aria-hidden />}
            disabled={!hasSelection}
            title={hasSelection ? undefined : words.copyHint}
          >
            {words.copy}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item rightSection={<kbd>{shortcutWords('mod+c')}</kbd>} onClick={() => onCopy(false)}>
            {words.copy}
          </Menu.Item>
          <Menu.Item rightSection={<kbd>{shortcutWords('mod+shift+c')}</kbd>} onClick={() => onCopy(true)}>
            {words.copyHeads}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

type ViewProps = Pick<Props, 'view' | 'onView'>;

/** Looks for the text a moment after the last key, or at once with Enter. */
function SearchField({ view, onView }: ViewProps) {
  const known = view.search ?? '';
  const [text, setText] = useState(known);
  const [before, setBefore] = useState(known);
  if (known !== before) {
    setBefore(known);
    setText(known);
  }
  const look = (next: string) => {
    const { search: _, ...rest } = view;
    if (next !== known) onView(next ? { ...rest, search: next } : rest);
  };
  useEffect(() => {
    if (text.trim() === known) return undefined;
    const timer = setTimeout(() => look(text.trim()), 400);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the text alone starts the wait again
  }, [text]);
  return (
    <TextInput
      aria-label={words.search}
      placeholder={words.searchHint}
      w={190}
      leftSection={<Search size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') look(text.trim());
      }}
    />
  );
}

function ConditionField({ view, onView }: ViewProps) {
  const [text, setText] = useState('');
  return (
    <TextInput
      aria-label={words.condition}
      placeholder={words.conditionHint}
      title={words.conditionAbout}
      w={210}
      leftSection={<Filter size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !text.trim()) return;
        onView(addConditions(view, text.trim()));
        setText('');
      }}
    />
  );
}

function ColumnChooser({ schema, layout, onLayout }: Pick<Props, 'schema' | 'layout' | 'onLayout'>) {
  const [find, setFind] = useState('');
  const hidden = new Set(layout.hidden);
  const shown = schema.length - schema.filter(({ name }) => hidden.has(name)).length;
  const found = schema.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()));
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Columns3 size={14} aria-hidden />}>
          {words.columnsMenu}
          {shown < schema.length ? (
            <span className="dim">&nbsp;{words.shown(shown, schema.length)}</span>
          ) : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="column-chooser">
        <TextInput
          aria-label={words.find}
          placeholder={words.find}
          value={find}
          data-autofocus
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        {shown < schema.length ? (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<X size={12} aria-hidden />}
            onClick={() => onLayout({ hidden: [] })}
          >
            {words.showAll}
          </Button>
        ) : null}
        <div className="column-chooser__list">
          {found.slice(0, 200).map(({ name }) => (
            <Checkbox
              key={name}
              size="xs"
              label={name}
              checked={!hidden.has(name)}
              disabled={!hidden.has(name) && shown === 1}
              onChange={() =>
                onLayout({
                  hidden: hidden.has(name)
                    ? layout.hidden.filter((one) => one !== name)
                    : [...layout.hidden, name],
                })
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
