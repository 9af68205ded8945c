import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Columns2, FolderInput, Layers, ListOrdered } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { locale } from '../../ui/text/words.ts';
import { CombineRuns } from './combine-runs.tsx';
import { words as combine } from './combine-words.ts';
import { CurvesTogether } from './curves-together.tsx';
import { usualColumns } from './run-columns.tsx';
import { useFirstRuns, type Asked } from './run-windows.ts';
import { RunsBar } from './runs-bar.tsx';
import { RunsParallel, RunsScatter } from './runs-figures.tsx';
import { ReadRuns } from './read-runs.tsx';
import { RunsTable } from './runs-table.tsx';
import { useRunsView } from './store.ts';
import { words as many } from './many-words.ts';
import { words } from './words.ts';
import './runs.css';

/** Fewer runs are read faster in the table than in a picture. */
const enoughForChart = 4;

/** Every run, in windows: sorted, filtered, grouped, by the columns one wants; two of them can be compared. */
export function RunsView() {
  const { filter, sort, ascending, shape, picked, chosen, choose } = useRunsView();
  const [written] = useDebouncedValue(filter, 150);
  const tried = useFacts('runs.columns', { filter: written }, { keep: true, retry: false });
  // While a condition is still being written, what it said before stays.
  const [sound, setSound] = useState(written);
  if (sound !== written && tried.isSuccess && !tried.isPlaceholderData) setSound(written);
  const known = useFacts('runs.columns', { filter: sound }, { keep: true, retry: false }).data?.columns;
  const shownColumns = useMemo(
    () => (shape.columns ? ['run', ...shape.columns] : usualColumns(known ?? [])),
    [shape.columns, known],
  );
  const asked: Asked = {
    // A column that was chosen elsewhere may have no run here.
    columns: shownColumns.filter((id) => known?.some((column) => column.id === id) ?? id === 'run'),
    filter: sound,
    sort: known?.some((column) => column.id === sort) ? sort : 'created',
    ascending,
    differing: shape.differing,
    ...(shape.group && known?.some((column) => column.id === shape.group) ? { group: shape.group } : {}),
    ...(chosen ? { only: [...chosen] } : {}),
  };
  const runs = useFirstRuns(asked);
  const total = runs.data?.total ?? 0;
  const [a, b] = picked.length === 2 ? picked : [];
  const [combining, setCombining] = useState(false);
  const [reading, setReading] = useState(false);
  const actions = useMemo(
    () => [
      {
        id: 'runs-compare',
        label: words.compareTwo,
        icon: Columns2,
        shortcut: 'c',
        isAvailable: () => a !== undefined && b !== undefined,
        perform: () => go(pathOf('runs', 'compare', a ?? '', b ?? '')),
      },
      {
        id: 'runs-combine',
        label: combine.actionLong,
        icon: Layers,
        isAvailable: () => picked.length > 1,
        perform: () => setCombining(true),
      },
      { id: 'runs-read', label: many.read.action, icon: FolderInput, perform: () => setReading(true) },
    ],
    [a, b, picked.length],
  );
  useOfferActions('runs', actions);
  const pictured = known && total >= enoughForChart && shape.chart !== 'none';
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={total ? [words.count(total, total.toLocaleString(locale)), words.pickTwo] : []}
        actions={
          total ? (
            <>
              <Button leftSection={<FolderInput size={14} aria-hidden />} onClick={() => setReading(true)}>
                {many.read.action}
              </Button>
              <Button
                leftSection={<Layers size={14} aria-hidden />}
                disabled={picked.length < 2}
                title={picked.length < 2 ? combine.pickFirst : combine.actionLong}
                onClick={() => setCombining(true)}
              >
                {combine.action}
              </Button>
              <Button
                leftSection={<Columns2 size={14} aria-hidden />}
                disabled={b === undefined}
                title={b === undefined ? words.pickFirst : 'C'}
                onClick={() => actions[0]?.perform()}
              >
                {words.compare}
              </Button>
            </>
          ) : null
        }
      />
      {total && known ? (
        <RunsBar known={known} columns={shownColumns} problem={tried.error?.message ?? null} />
      ) : null}
      <Answer of={runs} what={words.reading}>
        {(base) =>
          base.total ? (
            <div className="stack">
              {pictured && shape.chart === 'parallel' ? <RunsParallel known={known} filter={sound} /> : null}
              {shape.chart === 'curves' ? <CurvesTogether runs={picked} /> : null}
              {pictured && shape.chart !== 'parallel' && shape.chart !== 'curves' ? (
                <RunsScatter known={known} filter={sound} />
              ) : null}
              {chosen || sound ? (
                <p className="row dim" role="status">
                  {chosen
                    ? words.chart.chosen(counted(base.shown), counted(base.total))
                    : words.chart.found(counted(base.shown), counted(base.total))}
                  {chosen ? (
                    <button type="button" className="link" onClick={() => choose([])}>
                      {words.chart.clear}
                    </button>
                  ) : null}
                </p>
              ) : null}
              {known ? <RunsTable asked={asked} base={base} known={known} /> : null}
            </div>
          ) : (
            <EmptyState
              icon={ListOrdered}
              action={
                <Button variant="filled" onClick={() => go('/train')}>
                  {words.train}
                </Button>
              }
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
      <CombineRuns runs={picked} opened={combining} onClose={() => setCombining(false)} />
      <ReadRuns opened={reading} onClose={() => setReading(false)} />
    </PageBody>
  );
}

function counted(count: number): string {
  return count.toLocaleString(locale);
}
