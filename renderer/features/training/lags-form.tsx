import { Button, MultiSelect, NumberInput, Select } from '@mantine/core';
import { History } from 'lucide-react';
import { isTextType } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { NumbersInput } from '../../ui/form/numbers-input.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { problemsByKey, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly schema: readonly Field[];
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
}

const statistics = ['mean', 'min', 'max', 'sum', 'deviation'] as const;

/** What of earlier rows each row knows, for forecasts. */
export function LagsForm({ recipe, schema, resolved, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const lags = recipe['lags'] as RecipeObject | undefined | null;
  const comes = (resolved?.['lags'] ?? {}) as RecipeObject;
  const wrong = problemsByKey(problems, 'lags');
  const whole = problems.find(({ path }) => path === 'lags')?.message;
  const numbers = schema.filter(({ type }) => !isTextType(type) && type !== 'bool').map(({ name }) => name);
  const times = schema.filter(({ type }) => isTime(type)).map(({ name }) => name);
  const written = (key: string): string[] => {
    const value = lags?.[key];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const begin = () => {
    const { target } = recipe;
    const looksAt = typeof target === 'string' && numbers.includes(target) ? [target] : numbers.slice(0, 1);
    set(['lags'], { time: times[0] ?? numbers[0] ?? '', columns: looksAt, back: [1] });
  };
  return (
    <section className="panel">
      <header>
        <h2 className="grow">{words.lags.heading}</h2>
        {lags ? (
          <Button onClick={() => set(['lags'], undefined)}>{words.lags.remove}</Button>
        ) : (
          <Button
            leftSection={<History size={14} aria-hidden />}
            disabled={numbers.length === 0}
            onClick={begin}
          >
            {words.lags.add}
          </Button>
        )}
      </header>
      <div className="body stack">
        {lags ? (
          <div className="train__fields">
            <Select
              label={words.lags.time}
              description={words.lags.timeAbout}
              data={[...new Set([...times, ...numbers, ...some(lags['time'])])]}
              value={typeof lags['time'] === 'string' ? lags['time'] : null}
              searchable
              allowDeselect={false}
              error={wrong['time']}
              onChange={(time) => set(['lags', 'time'], time ?? undefined)}
            />
            <Select
              label={words.lags.group}
              description={words.lags.groupAbout}
              placeholder={words.lags.oneGroup}
              data={[...new Set([...schema.map(({ name }) => name), ...some(lags['group'])])]}
              value={typeof lags['group'] === 'string' ? lags['group'] : null}
              searchable
              clearable
              error={wrong['group']}
              onChange={(group) => set(['lags', 'group'], group ?? undefined)}
            />
            <MultiSelect
              label={words.lags.columns}
              description={words.lags.columnsAbout}
              data={[...new Set([...numbers, ...written('columns')])]}
              value={written('columns')}
              searchable
              hidePickedOptions
              error={wrong['columns']}
              onChange={(columns) => set(['lags', 'columns'], columns)}
            />
            <NumberInput
              label={words.lags.horizon}
              description={words.lags.horizonAbout}
              value={typeof lags['horizon'] === 'number' ? lags['horizon'] : ''}
              placeholder={textOf(comes['horizon'] ?? 1)}
              min={1}
              allowDecimal={false}
              error={wrong['horizon']}
              onChange={(value) => set(['lags', 'horizon'], typeof value === 'number' ? value : undefined)}
            />
            <NumbersInput
              label={words.lags.back}
              aria-label={words.lags.back}
              description={words.lags.backAbout}
              value={lags['back']}
              standard={comes['back']}
              whole
              {...(wrong['back'] === undefined ? {} : { error: wrong['back'] })}
              onChange={(back) => set(['lags', 'back'], back)}
            />
            <NumbersInput
              label={words.lags.windows}
              aria-label={words.lags.windows}
              description={words.lags.windowsAbout}
              value={lags['windows']}
              standard={comes['windows']}
              whole
              {...(wrong['windows'] === undefined ? {} : { error: wrong['windows'] })}
              onChange={(windows) => set(['lags', 'windows'], windows)}
            />
            <MultiSelect
              label={words.lags.statistics}
              data={statistics.map((value) => ({ value, label: words.lags.statistic[value] }))}
              value={written('statistics').length > 0 ? written('statistics') : ['mean']}
              disabled={written('windows').length === 0}
              error={wrong['statistics']}
              onChange={(chosen) => set(['lags', 'statistics'], chosen.length ? chosen : undefined)}
            />
          </div>
        ) : (
          <p className="small dim">{words.lags.none}</p>
        )}
        {whole === undefined ? null : (
          <p className="small train__problem" role="alert">
            {whole}
          </p>
        )}
      </div>
    </section>
  );
}

function isTime(type: Field['type']): boolean {
  return type === 'date' || type === 'timestamp' || type === 'timestamptz';
}

/** What was written, although it may be no column. */
function some(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
