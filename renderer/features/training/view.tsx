import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Play, Wand2 } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ActionButton } from '../../ui/actions/action-button.tsx';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { useUndo } from '../../ui/actions/undo.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { RescuedDraft } from '../../ui/state/rescued-draft.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { LiveRun } from './live-run.tsx';
import { readRecipeText } from './recipe-text.ts';
import { RecipeForm } from './recipe-form.tsx';
import { RecipePanel } from './recipe-panel.tsx';
import { recipeUndo, useTrainDraft } from './store.ts';
import { words } from './words.ts';
import './training.css';

/** A recipe on the left, as a form; the same as text on the right, with what it comes to. */
export function TrainView({ query }: PageProps) {
  const datasets = useFacts('datasets.list', {});
  const { dataset, text, setDataset } = useTrainDraft();
  const wanted = query.get('dataset');
  const from = query.get('from');
  const names = datasets.data?.datasets.map(({ name }) => name) ?? [];
  const first = names[0];
  const exists = dataset !== '' && names.includes(dataset.split('@')[0] ?? '');
  useFromRun(from);
  useEffect(() => {
    if (wanted) setDataset(wanted);
    else if (first && !exists) setDataset(first);
  }, [wanted, first, exists, setDataset]);
  const shown = useFacts('datasets.show', { dataset }, { when: exists });
  const [settled] = useDebouncedValue(text, 250);
  const resolved = useFacts(
    'recipes.resolve',
    { recipe: settled, dataset },
    { when: exists && settled.trim() !== '', keep: true },
  );
  const tried = useFacts(
    'recipes.effect',
    { recipe: settled, dataset, rows: 12 },
    { when: exists && settled.trim() !== '', keep: true },
  );
  const effect = settled.trim() && tried.data?.stages.length ? tried.data : undefined;
  const editor = useRef<HTMLDivElement>(null);
  useUndo(recipeUndo, editor);
  const job = useJobCall('training.run', ({ run }) => go(pathOf('runs', run.id)));
  const { start, running } = job;
  const isOld = settled !== text || resolved.isPlaceholderData;
  const ready = exists && !isOld && resolved.data?.recipe !== undefined && resolved.data.recipe !== null;
  const action = useMemo(
    () => ({
      id: 'train-start',
      label: words.title,
      icon: Play,
      isAvailable: () => ready && !running,
      perform: () => void start({ recipe: text, dataset }),
    }),
    [ready, running, start, text, dataset],
  );
  const offered = useMemo(() => [action], [action]);
  useOfferActions('train', offered);
  const read = useMemo(() => readRecipeText(text), [text]);
  const problems = settled.trim() ? (resolved.data?.problems ?? []) : [];
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={
          shown.data && exists
            ? [
                words.version(shown.data.dataset, shown.data.version.version),
                words.rows(shown.data.version.snapshot.rows),
                words.columns(shown.data.version.snapshot.columns),
              ]
            : []
        }
        actions={
          names.length ? (
            <>
              <Select
                aria-label={words.dataset}
                data={dataset.includes('@') && exists ? [...names, dataset] : names}
                value={exists ? dataset : null}
                w={180}
                allowDeselect={false}
                onChange={(name) => {
                  if (name) setDataset(name);
                }}
              />
              <ActionButton action={action} primary loading={job.running} />
            </>
          ) : null
        }
      />
      <RescuedDraft draft="recipe" onDiscard={() => useTrainDraft.getState().setText('')} />
      <Answer of={datasets} what={words.reading}>
        {() =>
          names.length ? (
            <>
              <LiveRun job={job} />
              <div className="train" ref={editor}>
                <RecipeForm
                  recipe={read.recipe}
                  schema={shown.data?.schema ?? []}
                  made={resolved.data?.made ?? noneMade}
                  resolved={resolved.data?.recipe ?? null}
                  problems={problems}
                  effect={isOld ? undefined : effect}
                />
                <div className="train__side">
                  <RecipePanel
                    text={text}
                    unreadable={read.problem}
                    resolved={settled.trim() ? resolved.data : undefined}
                    error={settled.trim() ? resolved.error : null}
                    isOld={isOld}
                  />
                  <EffectPanel
                    effect={effect}
                    error={settled.trim() ? tried.error : null}
                    waiting={tried.isFetching}
                  />
                </div>
              </div>
            </>
          ) : (
            <EmptyState
              icon={Wand2}
              action={
                <Button variant="filled" onClick={() => go('/data/import')}>
                  {words.importFile}
                </Button>
              }
              link={<a href="#/data">{words.orSample}</a>}
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

const noneMade = { joined: [], lags: [] } as const;

/** Begins with the recipe of a run. */
function useFromRun(run: string | null): void {
  const shown = useFacts('training.show', { run: run ?? '' }, { when: run !== null });
  const begin = useTrainDraft((state) => state.begin);
  const data = shown.data;
  useEffect(() => {
    if (!data) return;
    begin(`${data.run.dataset}@${data.run.version}`, data.yaml);
    go('/train', { replace: true });
  }, [data, begin]);
}
