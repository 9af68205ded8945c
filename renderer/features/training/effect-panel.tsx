import { SegmentedControl, Switch } from '@mantine/core';
import { useState } from 'react';
import type { EffectColumn, EffectStage } from '../../../preload/contract/recipes.ts';
import type { OutputOf } from '../../api/methods.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Waiting } from '../../ui/state/waiting.tsx';
import { stageWords, valueText } from './effect-words.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly effect: OutputOf<'recipes.effect'> | undefined;
  readonly error: Error | null;
  readonly waiting: boolean;
}

/** Some training rows after a step beside what they were before it; what was added, removed and changed is marked. */
export function EffectPanel({ effect, error, waiting }: Props) {
  const { stage: wanted, look } = useTrainDraft();
  const [all, setAll] = useState(false);
  const last = (effect?.stages.length ?? 0) - 1;
  const at = Math.max(0, Math.min(wanted ?? last, last));
  const stage = effect?.stages[at];
  return (
    <section className="panel effect" aria-label={words.effect.heading}>
      <header>
        <h2 className="grow">{words.effect.heading}</h2>
        {stage ? (
          <Switch
            size="xs"
            label={words.effect.all}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        ) : null}
      </header>
      <div className="body stack">
        {error ? <ErrorPanel error={error} what={words.effect.what} /> : null}
        {effect && stage ? (
          <>
            <div className="effect__stages">
              <SegmentedControl
                size="xs"
                aria-label={words.effect.stage}
                data={effect.stages.map(({ position, title }) => ({
                  value: String(position),
                  label: title === null ? words.effect.data : `${position} ${title}`,
                }))}
                value={String(at)}
                onChange={(next) => look(Number(next))}
              />
            </div>
            <p className="small dim">
              {[
                at === 0 ? null : stageWords(stage),
                words.effect.learned(effect.sample, effect.training),
                effect.features === null ? null : words.effect.features(effect.features),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
            <EffectTable
              stage={stage}
              before={effect.stages[at - 1]}
              rows={effect.rows}
              all={all || at === 0}
            />
            {effect.problems.map(({ path, message }) => (
              <p key={`${path} ${message}`} className="small train__problem">
                {message}
              </p>
            ))}
          </>
        ) : error ? null : waiting ? (
          <Waiting lines={4} />
        ) : (
          <p className="small dim">{words.effect.wait}</p>
        )}
      </div>
    </section>
  );
}

interface TableProps {
  readonly stage: EffectStage;
  readonly before: EffectStage | undefined;
  readonly rows: readonly number[];
  readonly all: boolean;
}

function EffectTable({ stage, before, rows, all }: TableProps) {
  const was = new Map(before?.columns.map((column) => [column.name, column]));
  const gone = (before?.columns ?? []).filter(({ name }) => stage.removed.includes(name));
  const shown = [...stage.columns.filter(({ change }) => all || change !== 'same'), ...gone];
  if (!shown.length) return <p className="dim">{words.effect.none}</p>;
  const markOf = (column: EffectColumn) => (gone.includes(column) ? 'removed' : column.change);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
    <div className="effect__scroll" tabIndex={0} role="group" aria-label={words.effect.table}>
      <table className="effect__table">
        <thead>
          <tr>
            <th scope="col">{words.effect.row}</th>
            {shown.map((column) => (
              <th key={column.name} scope="col" data-mark={markOf(column)}>
                {column.name}
                <span className="effect__mark">
                  {markOf(column) === 'same' ? '' : words.effect.mark[markOf(column)]}
                  {column.features > 1 ? ` ${words.effect.wide(column.features)}` : ''}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row}>
              <th scope="row">{row.toLocaleString()}</th>
              {shown.map((column) => (
                <Cell
                  key={column.name}
                  column={column}
                  mark={markOf(column)}
                  before={was.get(column.name)}
                  at={i}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly column: EffectColumn;
  readonly mark: keyof typeof words.effect.mark;
  readonly before: EffectColumn | undefined;
  readonly at: number;
}

function Cell({ column, mark, before, at }: CellProps) {
  const value = column.values[at];
  const text = valueText(value);
  const differs = mark === 'changed' && column.differs.includes(at);
  const old = differs && before ? valueText(before.values[at]) : null;
  return (
    <td
      data-mark={differs ? 'changed' : mark === 'changed' ? 'same' : mark}
      data-number={typeof value === 'number' || undefined}
      data-missing={value === null || undefined}
      title={old === null ? String(value ?? text) : `${String(value ?? text)} (${words.effect.was(old)})`}
    >
      {old === null ? null : <del>{old}</del>}
      {text}
    </td>
  );
}
