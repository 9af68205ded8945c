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
import { formatDuration } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { words as folds } from './folds-words.ts';
import { headlineMetrics, metricShort, metricWords, scoredOn, scoreOf } from './headline.ts';
import { groupRuns } from './group-runs.ts';
import { words as holdout } from './holdout-words.ts';
import { LooksBefore } from './looks-before.tsx';
import { RunStrip } from './run-strip.tsx';
import { RunsChart } from './runs-chart.tsx';
import { useRunsView } from './store.ts';
import { locale } from '../../ui/text/words.ts';
import { words } from './words.ts';
import './runs.css';

const noRuns: readonly Run[] = [];
/** Fewer runs say more as dots on a line. */
const enoughForChart = 4;

/** Every run, dense; two of them can be compared. */
export function RunsView() {
  const runs = useFacts('training.list', { limit: 10_000 });
  const { filter, picked, chosen, setFilter, choose, toggle } = useRunsView();
  const all = runs.data?.runs ?? noRuns;
  const shown = useMemo(() => filterRuns(all, filter), [all, filter]);
  const rows = useMemo(() => (chosen ? shown.filter(({ id }) => chosen.has(id)) : shown), [shown, chosen]);
  const charted = useMemo(() => groupRuns(shown)[0], [shown]);
  const columns = useColumns(shown, picked, toggle);
  const [a, b] = picked;
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
    ],
    [a, b],
  );
  useOfferActions('runs', actions);
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={all.length ? [words.count(all.length, all.length.toLocaleString(locale)), words.pickTwo] : []}
        actions={
          all.length ? (
            <>
              <TextInput
                aria-label={words.filter}
                placeholder={words.filterHint}
                leftSection={<Search size={14} aria-hidden />}
                value={filter}
                w={240}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
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
      <Answer of={runs} what={words.reading}>
        {() =>
          all.length ? (
            <div className="stack">
              {charted && charted.points.length >= enoughForChart ? (
                <RunsChart group={charted} onChoose={choose} />
              ) : (
                <RunStrip runs={shown} picked={picked} />
              )}
              {chosen ? (
                <p className="row dim" role="status">
                  {words.chart.chosen(rows.length, shown.length)}
                  <button type="button" className="link" onClick={() => choose([])}>
                    {words.chart.clear}
                  </button>
                </p>
              ) : null}
              <DenseTable
                label={words.title}
                rows={rows}
                keyOf={(run) => run.id}
                columns={columns}
                sort={{ column: 'created', descending: true }}
                onOpen={(run) => go(pathOf('runs', run.id))}
                isSelected={(run) => picked.includes(run.id)}
                maxHeight="max(320px, calc(100vh - 260px))"
              />
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
    </PageBody>
  );
}

function filterRuns(runs: readonly Run[], filter: string): readonly Run[] {
  const sought = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (!sought.length) return runs;
  return runs.filter((run) => {
    const text = [run.id, run.dataset, run.target, run.family, run.task, run.status, run.by, ...run.models]
      .join(' ')
      .toLowerCase();
    return sought.every((word) => text.includes(word));
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
      .filter((name) => runs.some((run) => scoreOf(run, name) !== null))
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
            aria-label={words.pick(run.id)}
            checked={picked.includes(run.id)}
            onChange={() => toggle(run.id)}
          />
        ),
      },
      {
        id: 'id',
        title: words.heads.run,
        value: (run) => run.id,
        render: (run) => (
          <a href={`#${pathOf('runs', run.id)}`} className="mono">
            {run.id}
          </a>
        ),
      },
      {
        id: 'status',
        title: words.heads.state,
        value: (run) => run.status,
        render: (run) => <RunStatus run={run} />,
      },
      { id: 'family', title: words.heads.family, value: (run) => run.family, render: (run) => run.family },
      { id: 'target', title: words.heads.target, value: (run) => run.target, render: (run) => run.target },
      {
        id: 'data',
        title: words.heads.data,
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
          about: words.onTest(metricWords(name)),
          align: 'right',
          value: (run) => scoreOf(run, name),
          render: (run) =>
            run.metrics && name in run.metrics.train ? (
              <ScoreCell run={run} name={name} />
            ) : (
              <span className="faint">–</span>
            ),
        })),
      {
        id: 'looks',
        title: holdout.looks,
        about: holdout.beforeAbout,
        align: 'right',
        value: (run) => (run.metrics ? run.looks : null),
        render: (run) => (run.metrics ? <LooksBefore run={run} /> : <span className="faint">–</span>),
      },
      {
        id: 'duration',
        title: words.heads.took,
        align: 'right',
        value: (run) => run.duration,
        render: (run) =>
          run.duration === null ? <span className="faint">–</span> : formatDuration(run.duration),
      },
      {
        id: 'reproduced',
        title: words.heads.reproduced,
        value: (run) => run.reproduced,
        render: (run) =>
          run.reproduced ? (
            <Seal {...reproducedSeals[run.reproduced]} />
          ) : (
            <span className="faint">{words.notTried}</span>
          ),
      },
      {
        id: 'models',
        title: words.heads.model,
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
        title: words.heads.when,
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

function ScoreCell({ run, name }: { run: Run; name: string }) {
  const on = scoredOn(run);
  return (
    <>
      <Num value={scoreOf(run, name)} />
      {on === 'test' ? null : (
        <span className="faint small" title={folds.scoredAbout}>
          {' '}
          {folds.scoredOn[on]}
        </span>
      )}
    </>
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
