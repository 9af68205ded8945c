import { Button, Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { stageWords } from './effect-words.ts';
import { problemsAt, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { StepCard, stepWords } from './step-card.tsx';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly schema: readonly Field[];
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
  readonly effect: OutputOf<'recipes.effect'> | undefined;
}

/** From raw columns to model inputs, one card a step, to be dragged or moved by key; left out, the usual steps for the columns' types are taken. */
export function StepList({ recipe, resolved, problems, schema, effect }: Props) {
  const { set, addStep, removeStep, moveStep } = useTrainDraft();
  const kinds = useFacts('recipes.steps', {}).data?.steps ?? [];
  const titleOf = (step: RecipeObject) =>
    kinds.find(({ id }) => id === step['step'])?.title ?? String(step['step']);
  const written = Array.isArray(recipe['steps']) ? (recipe['steps'] as RecipeObject[]) : null;
  const usual = Array.isArray(resolved?.['steps']) ? (resolved['steps'] as RecipeObject[]) : [];
  const effectOf = (at: number) => {
    const stage = effect?.stages[at + 1];
    return stage ? stageWords(stage) : null;
  };
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  /** Where the focus goes when the moved card has its new place. */
  const following = useRef<number | null>(null);
  const move = (from: number, to: number) => {
    if (!written || to < 0 || to >= written.length || from === to) return;
    const step = written[from];
    moveStep(from, to);
    following.current = to;
    if (step) setSaid(words.steps.moved(titleOf(step), to + 1, written.length));
  };
  useEffect(() => {
    if (following.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-handle="${following.current}"]`)?.focus();
    following.current = null;
  });
  const drop = (at: number) => {
    if (dragged !== null) move(dragged, at);
    setDragged(null);
    setOver(null);
  };
  return (
    <section className="panel">
      <header>
        <h2 className="grow">{words.steps.heading}</h2>
        {written ? (
          <Button onClick={() => set(['steps'], undefined)}>{words.steps.usual}</Button>
        ) : (
          <Button
            disabled={!usual.length}
            onClick={() =>
              set(
                ['steps'],
                usual.map((step) => withoutDefaults(step, kinds)),
              )
            }
          >
            {words.steps.change}
          </Button>
        )}
        {written ? (
          <Menu position="bottom-end" width={280}>
            <Menu.Target>
              <Button leftSection={<Plus size={14} aria-hidden />}>{words.steps.add}</Button>
            </Menu.Target>
            <Menu.Dropdown className="steps__kinds">
              {kinds.map((kind) => (
                <Menu.Item key={kind.id} onClick={() => addStep({ step: kind.id })}>
                  <strong>{kind.title}</strong>
                  <div className="small dim">{kind.doc}</div>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </header>
      <div className="body stack">
        {written ? (
          <ol className="steps" aria-label={words.steps.list} ref={list}>
            {written.map((step, i) => (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop; by keyboard the handle moves
              <li
                // A step has no other identity than its place.
                key={`${i} ${String(step['step'])}`}
                className="steps__card"
                data-dragged={dragged === i || undefined}
                data-over={
                  dragged !== null && over === i && dragged !== i
                    ? over < dragged
                      ? 'before'
                      : 'after'
                    : undefined
                }
                onDragOver={(event) => {
                  if (dragged === null) return;
                  event.preventDefault();
                  setOver(i);
                }}
                onDrop={(event) => {
                  event.preventDefault();
                  event.stopPropagation();
                  drop(i);
                }}
              >
                <StepCard
                  position={i}
                  count={written.length}
                  step={step}
                  kind={kinds.find(({ id }) => id === step['step'])}
                  columns={schema.map(({ name }) => name)}
                  problems={problemsAt(problems, `steps[${i}]`)}
                  effect={effectOf(i)}
                  onMove={(by) => move(i, i + by)}
                  onRemove={() => removeStep(i)}
                  onDrag={(is) => {
                    setDragged(is ? i : null);
                    if (!is) setOver(null);
                  }}
                />
              </li>
            ))}
          </ol>
        ) : (
          <ol className="steps__usual">
            {usual.map((step, i) => (
              <li key={`${i} ${String(step['step'])}`}>
                <strong>{titleOf(step)}</strong> <span className="dim">{stepWords(step)}</span>
                {effectOf(i) ? <span className="small faint"> {effectOf(i)}</span> : null}
              </li>
            ))}
            {usual.length ? null : <li className="dim">{words.steps.noneYet}</li>}
          </ol>
        )}
        {written?.length === 0 ? <p className="small dim">{words.steps.noneWritten}</p> : null}
        {problems.some(({ path }) => path === 'steps') ? (
          <p className="small train__problem" role="alert">
            {problems.find(({ path }) => path === 'steps')?.message}
          </p>
        ) : null}
        <p className="visually-hidden" aria-live="polite">
          {said}
        </p>
      </div>
    </section>
  );
}

/** A step as a person would write it: without what its schema says anyway. */
function withoutDefaults(step: RecipeObject, kinds: OutputOf<'recipes.steps'>['steps']): RecipeObject {
  const kind = kinds.find(({ id }) => id === step['step']);
  const properties = (kind?.params['properties'] ?? {}) as Readonly<
    Record<string, { readonly default?: unknown }>
  >;
  return Object.fromEntries(
    Object.entries(step).filter(
      ([name, value]) =>
        !Object.hasOwn(properties, name) ||
        JSON.stringify(value) !== JSON.stringify(properties[name]?.default),
    ),
  );
}
