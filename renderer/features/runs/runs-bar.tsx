import { Button, Checkbox, Popover, Select, Switch, TextInput } from '@mantine/core';
import { Columns3, Search } from 'lucide-react';
import { useState } from 'react';
import { headOf, type KnownColumn } from './run-columns.tsx';
import { useRunsView } from './store.ts';
import { words } from './words.ts';
import { words as many } from './many-words.ts';

interface Props {
  readonly known: readonly KnownColumn[];
  /** What is shown now. */
  readonly columns: readonly string[];
  /** What is wrong with the filter. */
  readonly problem: string | null;
}

/** How the runs are looked at: which of them, in which groups, by which columns, in which picture. */
export function RunsBar({ known, columns, problem }: Props) {
  const { filter, setFilter, shape, setShape } = useRunsView();
  const groups = known.filter(({ filled, distinct }) => filled > 0 && distinct > 1);
  return (
    <div className="runs-bar">
      <TextInput
        aria-label={words.filter}
        placeholder={words.filterHint}
        title={many.filterAbout}
        leftSection={<Search size={14} aria-hidden />}
        value={filter}
        error={problem}
        className="grow"
        miw={200}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      <Select
        aria-label={many.group}
        placeholder={many.group}
        clearable
        searchable
        w={150}
        value={shape.group}
        data={groups.map(({ id }) => ({ value: id, label: labelOf(id) }))}
        onChange={(group) => setShape({ group })}
      />
      <Select
        aria-label={many.chart}
        w={150}
        allowDeselect={false}
        value={shape.chart}
        data={(['time', 'scatter', 'parallel', 'curves', 'none'] as const).map((value) => ({
          value,
          label: many.charts[value],
        }))}
        onChange={(chart) => chart && setShape({ chart })}
      />
      <ColumnChooser known={known} columns={columns} />
      <Switch
        size="xs"
        label={many.differing}
        checked={shape.differing}
        onChange={(event) => setShape({ differing: event.currentTarget.checked })}
      />
    </div>
  );
}

/** `MAE`, and where that says too little the whole name. */
export function labelOf(id: string): string {
  const { title } = headOf(id);
  return id.includes('.') && title !== id ? `${title} (${id})` : title;
}

function ColumnChooser({ known, columns }: { known: readonly KnownColumn[]; columns: readonly string[] }) {
  const { shape, setShape } = useRunsView();
  const [sought, setSought] = useState('');
  const chosen = shape.columns ?? columns;
  const text = sought.toLowerCase();
  const offered = known.filter(
    ({ id, filled }) => filled > 0 && id !== 'run' && labelOf(id).toLowerCase().includes(text),
  );
  const toggle = (id: string) =>
    setShape({ columns: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] });
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button leftSection={<Columns3 size={14} aria-hidden />}>{many.columns}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={many.columns}>
        <div className="stack" style={{ gap: 8, width: 300 }}>
          <TextInput
            aria-label={many.findColumn}
            placeholder={many.findColumn}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          <div className="runs-columns">
            {(['fact', 'metric', 'recipe', 'tag'] as const).map((kind) => {
              const own = offered.filter((column) => column.kind === kind);
              return own.length ? (
                <fieldset key={kind}>
                  <legend className="small dim">{many.kinds[kind]}</legend>
                  {own.map(({ id, distinct }) => (
                    <Checkbox
                      key={id}
                      size="xs"
                      label={
                        <>
                          {labelOf(id)} <span className="faint small">{many.values(distinct)}</span>
                        </>
                      }
                      checked={chosen.includes(id)}
                      onChange={() => toggle(id)}
                    />
                  ))}
                </fieldset>
              ) : null;
            })}
          </div>
          <Button
            variant="subtle"
            disabled={shape.columns === null}
            onClick={() => setShape({ columns: null })}
          >
            {many.usual}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
