import { ActionIcon, Select, TagsInput } from '@mantine/core';
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Eye, GripVertical, X } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { SchemaForm } from '../../ui/form/schema-form.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { problemsByKey, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly position: number;
  readonly count: number;
  readonly step: RecipeObject;
  readonly kind: OutputOf<'recipes.steps'>['steps'][number] | undefined;
  readonly columns: readonly string[];
  readonly problems: readonly RecipeProblem[];
  /** What it did to the sample; null while that is not known. */
  readonly effect: string | null;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
  /** The card is being dragged by its handle. */
  readonly onDrag: (dragged: boolean) => void;
}

const groups = ['numbers', 'categories', 'all'] as const;

/** One step: what it is, what it does to the data, and its form, made from its schema alone. */
export function StepCard({
  position,
  count,
  step,
  kind,
  columns,
  problems,
  effect,
  onMove,
  onRemove,
  onDrag,
}: Props) {
  const { set, look, stage } = useTrainDraft();
  const { step: id, columns: chosen, ...params } = step;
  const title = kind?.title ?? String(id);
  const place = `steps[${position}]`;
  const byKey = problemsByKey(problems, place);
  const whole = problems.find(({ path }) => path === place || path === `${place}.step`)?.message;
  const [opened, setOpened] = useState(false);
  const isOpen = opened || problems.length > 0;
  const named = Array.isArray(chosen);
  const Fold = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <div
        className="row steps__head"
        data-looked={stage === position + 1 || undefined}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', title);
          onDrag(true);
        }}
        onDragEnd={() => onDrag(false)}
      >
        <button
          type="button"
          className="steps__handle"
          aria-label={words.steps.move(title)}
          title={words.steps.moveHint}
          data-handle={position}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            event.stopPropagation();
            onMove(event.key === 'ArrowUp' ? -1 : 1);
          }}
        >
          <GripVertical size={14} aria-hidden />
        </button>
        <span className="steps__number">{position + 1}</span>
        <button
          type="button"
          className="steps__title grow"
          aria-expanded={isOpen}
          aria-label={words.steps.fold(title)}
          onClick={() => setOpened(!isOpen)}
        >
          <Fold size={14} aria-hidden />
          <strong>{title}</strong>
          <span className="small dim truncate">{effect ?? stepWords(step)}</span>
        </button>
        <ActionIcon
          aria-label={`${title}: ${words.steps.show}`}
          aria-pressed={stage === position + 1}
          title={words.steps.show}
          onClick={() => look(stage === position + 1 ? null : position + 1)}
        >
          <Eye size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={words.steps.up(title)} disabled={position === 0} onClick={() => onMove(-1)}>
          <ArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={words.steps.down(title)}
          disabled={position === count - 1}
          onClick={() => onMove(1)}
        >
          <ArrowDown size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={words.steps.remove(title)} onClick={onRemove}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </div>
      {whole ? (
        <p className="small train__problem" role="alert">
          {whole}
        </p>
      ) : null}
      {isOpen ? (
        <>
          {kind ? <p className="small dim">{kind.doc}</p> : null}
          {kind?.picks === false ? null : (
            <div className="steps__fields">
              <Select
                label={words.steps.columns}
                data={[
                  ...groups.map((value) => ({ value, label: words.steps.groups[value] })),
                  { value: 'named', label: words.steps.these },
                ]}
                value={named ? 'named' : typeof chosen === 'string' ? chosen : null}
                placeholder={kind?.selects ? words.steps.groups[kind.selects] : words.steps.mustSay}
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
                  label={words.steps.named}
                  data={[...columns]}
                  value={chosen.map(String)}
                  {...(byKey['columns'] ? { error: byKey['columns'] } : {})}
                  onChange={(names) => set(['steps', position, 'columns'], names)}
                />
              ) : null}
            </div>
          )}
          {kind ? (
            <SchemaForm
              schema={kind.params}
              values={params}
              problems={byKey}
              onChange={(name, value) => set(['steps', position, name], value)}
            />
          ) : null}
        </>
      ) : null}
    </>
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
