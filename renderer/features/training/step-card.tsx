import { ActionIcon, Select, TagsInput } from '@mantine/core';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { SchemaForm } from '../../ui/form/schema-form.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { problemsByKey, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';

interface Props {
  readonly position: number;
  readonly count: number;
  readonly step: RecipeObject;
  readonly kind: OutputOf<'recipes.steps'>['steps'][number] | undefined;
  readonly columns: readonly string[];
  readonly problems: readonly RecipeProblem[];
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}

const groups = ['numbers', 'categories', 'all'];

export function StepCard({ position, count, step, kind, columns, problems, onMove, onRemove }: Props) {
  const set = useTrainDraft((state) => state.set);
  const { step: id, columns: chosen, ...params } = step;
  const title = kind?.title ?? String(id);
  const place = `steps[${position}]`;
  const byKey = problemsByKey(problems, place);
  const whole = problems.find(({ path }) => path === place || path === `${place}.step`)?.message;
  const named = Array.isArray(chosen);
  return (
    <div className="steps__card">
      <div className="row">
        <span className="steps__number">{position + 1}</span>
        <strong className="grow">{title}</strong>
        <ActionIcon aria-label={`move ${title} up`} disabled={position === 0} onClick={() => onMove(-1)}>
          <ArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={`move ${title} down`}
          disabled={position === count - 1}
          onClick={() => onMove(1)}
        >
          <ArrowDown size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={`remove ${title}`} onClick={onRemove}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </div>
      {kind ? <p className="small dim">{kind.doc}</p> : null}
      {whole ? <p className="small train__problem">{whole}</p> : null}
      <div className="steps__fields">
        <Select
          label="Columns"
          data={[...groups, { value: 'named', label: 'these …' }]}
          value={named ? 'named' : typeof chosen === 'string' ? chosen : null}
          placeholder={kind?.selects ?? 'must be said'}
          clearable
          {...(byKey['columns'] && !named ? { error: byKey['columns'] } : {})}
          onChange={(value) =>
            set(
              ['steps', position, 'columns'],
              value === 'named' ? columns.slice(0, 1) : (value ?? undefined),
            )
          }
        />
        {named ? (
          <TagsInput
            label="Named"
            data={[...columns]}
            value={chosen.map(String)}
            {...(byKey['columns'] ? { error: byKey['columns'] } : {})}
            onChange={(names) => set(['steps', position, 'columns'], names)}
          />
        ) : null}
      </div>
      {kind ? (
        <SchemaForm
          schema={kind.params}
          values={params}
          problems={byKey}
          onChange={(name, value) => set(['steps', position, name], value)}
        />
      ) : null}
    </div>
  );
}

/** A step in a few words: its columns and parameters. */
export function stepWords({ columns, ...params }: RecipeObject): string {
  const where = Array.isArray(columns) ? columns.join(', ') : typeof columns === 'string' ? columns : '';
  const how = Object.entries(params)
    .filter(([name, value]) => name !== 'step' && value !== null && value !== false)
    .map(([name, value]) =>
      value === true ? name : `${name} ${typeof value === 'object' ? JSON.stringify(value) : textOf(value)}`,
    );
  return [where, how.join(', ')].filter(Boolean).join(' · ');
}
