import { Button, Checkbox, TextInput } from '@mantine/core';
import { Columns2, ListOrdered, Search } from 'lucide-react';
import { useMemo } from 'react';
import type { Run } from '../../../preload/contract/training.ts';
import { useFacts } from '../../api/facts.ts';
import { useFollowed } from '../../api/jobs.ts';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals, statusSeals } from '../../ui/state/verdicts.ts';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { formatDuration, plural } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { headlineMetrics, metricShort, metricWords, testMetric } from './headline.ts';
import { RunStrip } from './run-strip.tsx';
import { useRunsView } from './store.ts';
import './runs.css';

const noRuns: readonly Run[] = [];

/** Every run, dense; two of them can be compared. */
export function RunsView() {
  const runs = useFacts('training.list', { limit: 10_000 });
  const { filter, picked, setFilter, toggle } = useRunsView();
  const all = runs.data?.runs ?? noRuns;
  const shown = useMemo(() => filterRuns(all, filter), [all, filter]);
  const columns = useColumns(shown, picked, toggle);
  const [a, b] = picked;
  const actions = useMemo(
    () => [
      {
        id: 'runs-compare',
        label: 'Compare the two picked runs',
        icon: Columns2,
        shortcut: 'c',
        isAvailable: () => a !== undefined && b !== undefined,
        perform: () => go(pathOf('runs', 'compare', a ?? '', b ?? '')),
      },
    ],
    [a, b],
  );
  useOfferActions('runs', actions);
  return (
    <PageBody>
      <PageHead
        title="Runs"
        facts={all.length ? [plural(all.length, 'run'), 'pick two to compare them'] : []}
        actions={
          all.length ? (
            <>
              <TextInput
                aria-label="Filter runs"
                placeholder="filter: target, family, dataset …"
                leftSection={<Search size={14} aria-hidden />}
                value={filter}
                w={240}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
              <Button
                leftSection={<Columns2 size={14} aria-hidden />}
                disabled={b === undefined}
                title={b === undefined ? 'pick two runs first' : 'C'}
                onClick={() => actions[0]?.perform()}
              >
                Compare
              </Button>
            </>
          ) : null
        }
      />
      <Answer of={runs} what="Reading the runs">
        {() =>
          all.length ? (
            <div className="stack">
              <RunStrip runs={shown} picked={picked} />
              <DenseTable
                label="Runs"
                rows={shown}
                keyOf={(run) => run.id}
                columns={columns}
                sort={{ column: 'created', descending: true }}
                onOpen={(run) => go(pathOf('runs', run.id))}
                isSelected={(run) => picked.includes(run.id)}
                maxHeight="calc(100vh - 260px)"
              />
            </div>
          ) : (
            <EmptyState
              icon={ListOrdered}
              action={
                <Button variant="filled" onClick={() => go('/train')}>
                  Train a model
                </Button>
              }
            >
              Every training run will be listed here with its metrics, so that you can sort, compare and
              reproduce them.
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

function filterRuns(runs: readonly Run[], filter: string): readonly Run[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return runs;
  return runs.filter((run) => {
    const text = [run.id, run.dataset, run.target, run.family, run.task, run.status, run.by, ...run.models]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function useColumns(
  runs: readonly Run[],
  picked: readonly string[],
  toggle: (run: string) => void,
): readonly Column<Run>[] {
  const tasks = (['regression', 'classification'] as const).filter((task) =>
    runs.some((run) => run.task === task),
  );
  const metrics = tasks.flatMap((task) =>
    headlineMetrics[task]
      .filter((name) => runs.some((run) => testMetric(run, name) !== null))
      .slice(0, tasks.length > 1 ? 2 : 3),
  );
  const key = metrics.join(' ');
  return useMemo(
    () => [
      {
        id: 'pick',
        title: '',
        width: 36,
        render: (run) => (
          <Checkbox
            size="xs"
            aria-label={`pick run ${run.id}`}
            checked={picked.includes(run.id)}
            onChange={() => toggle(run.id)}
          />
        ),
      },
      {
        id: 'id',
        title: 'Run',
        value: (run) => run.id,
        render: (run) => (
          <a href={`#${pathOf('runs', run.id)}`} className="mono">
            {run.id}
          </a>
        ),
      },
      { id: 'status', title: 'State', value: (run) => run.status, render: (run) => <RunStatus run={run} /> },
      { id: 'family', title: 'Family', value: (run) => run.family, render: (run) => run.family },
      { id: 'target', title: 'Target', value: (run) => run.target, render: (run) => run.target },
      {
        id: 'data',
        title: 'Data',
        value: (run) => `${run.dataset}@${run.version}`,
        render: (run) => (
          <span className="dim">
            {run.dataset}@{run.version}
          </span>
        ),
      },
      ...key
        .split(' ')
        .filter(Boolean)
        .map((name): Column<Run> => ({
          id: name,
          title: metricShort(name),
          about: `${metricWords(name)} on the test rows`,
          align: 'right',
          value: (run) => testMetric(run, name),
          render: (run) =>
            run.metrics && name in run.metrics.test ? (
              <Num value={testMetric(run, name)} />
            ) : (
              <span className="faint">–</span>
            ),
        })),
      {
        id: 'duration',
        title: 'Took',
        align: 'right',
        value: (run) => run.duration,
        render: (run) =>
          run.duration === null ? <span className="faint">–</span> : formatDuration(run.duration),
      },
      {
        id: 'reproduced',
        title: 'Reproduced',
        value: (run) => run.reproduced,
        render: (run) =>
          run.reproduced ? (
            <Seal {...reproducedSeals[run.reproduced]} />
          ) : (
            <span className="faint">not tried</span>
          ),
      },
      {
        id: 'models',
        title: 'Model',
        value: (run) => run.models[0] ?? null,
        render: (run) =>
          run.models.length ? (
            run.models.map((model) => (
              <a key={model} href={`#${pathOf('models', model)}`}>
                {model}{' '}
              </a>
            ))
          ) : (
            <span className="faint">–</span>
          ),
      },
      {
        id: 'created',
        title: 'When',
        align: 'right',
        value: (run) => run.created,
        render: (run) => (
          <span className="dim">
            <Moment at={run.created} />
          </span>
        ),
      },
    ],
    [key, picked, toggle],
  );
}

function RunStatus({ run }: { run: Run }) {
  const job = useFollowed((state) => (run.job ? state.jobs[run.job] : undefined));
  const seal = statusSeals[run.status];
  return (
    <Seal
      {...seal}
      label={run.status === 'running' && job ? `${Math.round(job.fraction * 100)} %` : seal.label}
    />
  );
}
