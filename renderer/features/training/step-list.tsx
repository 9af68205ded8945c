import { Button, Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { problemsAt, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { StepCard, stepWords } from './step-card.tsx';
import { useTrainDraft } from './store.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly schema: readonly Field[];
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
}

/** From raw columns to model inputs, one card a step; left out, the usual steps for the columns' types are taken. */
export function StepList({ recipe, resolved, problems, schema }: Props) {
  const set = useTrainDraft((state) => state.set);
  const kinds = useFacts('recipes.steps', {}).data?.steps ?? [];
  const written = Array.isArray(recipe['steps']) ? (recipe['steps'] as RecipeObject[]) : null;
  const usual = Array.isArray(resolved?.['steps']) ? (resolved['steps'] as RecipeObject[]) : [];
  const move = (from: number, to: number) => {
    if (!written) return;
    const next = [...written];
    next.splice(to, 0, ...next.splice(from, 1));
    set(['steps'], next);
  };
  return (
    <section className="panel">
      <header>
        <h2 className="grow">Steps before it</h2>
        {written ? (
          <Button onClick={() => set(['steps'], undefined)}>Take the usual ones</Button>
        ) : (
          <Button disabled={!usual.length} onClick={() => set(['steps'], usual)}>
            Change them
          </Button>
        )}
        {written ? (
          <Menu position="bottom-end" width={280}>
            <Menu.Target>
              <Button leftSection={<Plus size={14} aria-hidden />}>Add a step</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {kinds.map((kind) => (
                <Menu.Item key={kind.id} onClick={() => set(['steps'], [...written, { step: kind.id }])}>
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
          written.map((step, i) => (
            <StepCard
              // A step has no other identity than its place.
              key={`${i} ${String(step['step'])}`}
              position={i}
              count={written.length}
              step={step}
              kind={kinds.find(({ id }) => id === step['step'])}
              columns={schema.map(({ name }) => name)}
              problems={problemsAt(problems, `steps[${i}]`)}
              onMove={(by) => move(i, i + by)}
              onRemove={() =>
                set(
                  ['steps'],
                  written.filter((_, at) => at !== i),
                )
              }
            />
          ))
        ) : (
          <ol className="steps__usual">
            {usual.map((step, i) => (
              <li key={`${i} ${String(step['step'])}`}>
                <strong>{kinds.find(({ id }) => id === step['step'])?.title ?? String(step['step'])}</strong>{' '}
                <span className="dim">{stepWords(step)}</span>
              </li>
            ))}
            {usual.length ? null : (
              <li className="dim">The usual steps for the columns' types; choose a target to see them.</li>
            )}
          </ol>
        )}
        {problems.some(({ path }) => path === 'steps') ? (
          <p className="small train__problem">{problems.find(({ path }) => path === 'steps')?.message}</p>
        ) : null}
      </div>
    </section>
  );
}
