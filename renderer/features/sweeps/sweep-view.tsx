import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useMemo } from 'react';
import type { Trial } from '../../../preload/contract/sweeps.ts';
import { useCall, useFacts } from '../../api/facts.ts';
import { useJob, useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { metricShort, metricWords } from '../runs/headline.ts';
import { parallelFigure, textOf } from './parallel-figure.ts';
import { sweepSeals } from './sweep-seals.ts';
import { words } from './words.ts';
import './sweeps.css';

type Shown = OutputOf<'sweeps.show'>;

/** One sweep: how far it is, the leaderboard as it grows, and what matters. */
export function SweepView({ params }: PageProps) {
  const name = params['sweep'] ?? '';
  const shown = useFacts('sweeps.show', { sweep: name });
  const sweep = shown.data?.sweep;
  const pause = useCall('sweeps.pause');
  const stop = useCall('sweeps.stop');
  const resume = useJobCall('sweeps.resume');
  const halted = sweep?.status === 'paused' || sweep?.status === 'interrupted';
  const running = sweep?.status === 'running';
  const { job } = useJob(running ? (sweep.job ?? null) : null);
  return (
    <PageBody>
      <PageHead
        trail={[[words.title, '/sweeps']]}
        title={name}
        seals={sweep ? <Seal {...sweepSeals[sweep.status]} /> : null}
        facts={
          sweep
            ? [
                `${sweep.dataset}@${sweep.version}`,
                sweep.target,
                sweep.search,
                words.seed(sweep.seed),
                words.trials(sweep.spent.trials, sweep.spent.failed),
                words.took(formatDuration(sweep.spent.seconds)),
              ]
            : []
        }
        actions={
          <>
            {running ? (
              <Button
                leftSection={<Pause size={14} aria-hidden />}
                loading={pause.isPending}
                onClick={() => pause.mutate({ sweep: name })}
              >
                {words.pause}
              </Button>
            ) : null}
            {halted ? (
              <Button
                leftSection={<Play size={14} aria-hidden />}
                variant="filled"
                loading={resume.running}
                onClick={() => void resume.start({ sweep: name })}
              >
                {words.resume}
              </Button>
            ) : null}
            {running || halted ? (
              <Button
                leftSection={<Square size={14} aria-hidden />}
                loading={stop.isPending}
                onClick={() => stop.mutate({ sweep: name })}
              >
                {words.stop}
              </Button>
            ) : null}
            {sweep?.best && !running ? (
              <Button
                variant={halted ? 'default' : 'filled'}
                onClick={() => go(pathOf('runs', sweep.best?.run ?? ''))}
              >
                {words.openBest}
              </Button>
            ) : null}
          </>
        }
      />
      {pause.error ? <ErrorPanel error={pause.error} what={words.pausing} /> : null}
      {stop.error ? <ErrorPanel error={stop.error} what={words.stopping} /> : null}
      {resume.error && !running ? <ErrorPanel error={resume.error} what={words.resuming} /> : null}
      <Answer of={shown} what={words.reading}>
        {(data) => (
          <div className="stack" style={{ gap: 24 }}>
            {running ? <JobProgress job={job} /> : null}
            {data.sweep.status === 'interrupted' ? <p role="status">{words.cutOff}</p> : null}
            <Leaderboard shown={data} />
            <What shown={data} />
            {[...(data.sweep.error === null ? [] : [data.sweep.error]), ...data.sweep.notes].map((note) => (
              <p key={note} className="small dim">
                {note}
              </p>
            ))}
          </div>
        )}
      </Answer>
    </PageBody>
  );
}

function Leaderboard({ shown: { sweep, leaderboard, test, looks } }: { shown: Shown }) {
  const metric = metricWords(sweep.metric);
  const columns = useMemo(() => columnsOf(sweep.metric, leaderboard), [sweep.metric, leaderboard]);
  const folds = leaderboard.some(({ scores }) => scores.length > 0);
  return (
    <section className="stack">
      <h2>{words.leaderboard}</h2>
      <p className="dim small">
        {words.rankedBy(metric, folds)}{' '}
        {test !== null && sweep.status === 'done'
          ? words.onTest(metricShort(sweep.metric), formatNumber(test), looks ?? 0)
          : ''}
      </p>
      {leaderboard.length ? (
        <DenseTable
          label={words.leaderboard}
          rows={leaderboard}
          columns={columns}
          keyOf={({ trial }) => String(trial)}
          onOpen={({ run }) => go(pathOf('runs', run))}
          maxHeight={420}
        />
      ) : (
        <p className="dim">{words.running}</p>
      )}
    </section>
  );
}

/** Which parameters matter, and how the best family's trials lie. */
function What({ shown }: { shown: Shown }) {
  const { sweep, space, leaderboard, importance } = shown;
  const figure = useMemo(() => parallelFigure(sweep, space, leaderboard), [sweep, space, leaderboard]);
  return (
    <>
      {figure ? <FigureCard figure={figure} height={280} /> : null}
      {importance.length ? (
        <section className="stack">
          <h2>{words.importance}</h2>
          <DenseTable
            label={words.importance}
            rows={importance}
            keyOf={({ family, param }) => `${family} ${param}`}
            columns={importanceColumns}
          />
        </section>
      ) : null}
    </>
  );
}

const { column } = words;

const importanceColumns: readonly Column<Shown['importance'][number]>[] = [
  { id: 'family', title: column.family, value: ({ family }) => family, render: ({ family }) => family },
  { id: 'param', title: column.parameter, value: ({ param }) => param, render: ({ param }) => param },
  {
    id: 'share',
    title: column.share,
    about: column.shareAbout,
    align: 'right',
    value: ({ share }) => share,
    render: ({ share }) => formatPercent(share),
  },
  {
    id: 'trials',
    title: column.trials,
    align: 'right',
    value: ({ trials }) => trials,
    render: ({ trials }) => trials,
  },
];

function columnsOf(metric: string, leaderboard: readonly Trial[]): readonly Column<Trial>[] {
  const ranks = new Map(leaderboard.map(({ trial }, i) => [trial, i + 1]));
  return [
    {
      id: 'rank',
      title: column.rank,
      align: 'right',
      value: ({ trial }) => ranks.get(trial) ?? null,
      render: ({ trial }) => ranks.get(trial),
    },
    {
      id: 'score',
      title: metricShort(metric),
      about: metricWords(metric),
      align: 'right',
      value: ({ score }) => score,
      render: ({ score, error }) => <Num value={score} because={error ?? undefined} />,
    },
    { id: 'family', title: column.family, value: ({ family }) => family, render: ({ family }) => family },
    {
      id: 'params',
      title: column.parameter,
      render: ({ params }) => (
        <span className="sweeps__params small">
          {Object.entries(params)
            .map(([param, value]) => `${param} ${textOf(value)}`)
            .join(', ')}
        </span>
      ),
    },
    {
      id: 'trial',
      title: column.trial,
      about: column.trialAbout,
      align: 'right',
      value: ({ trial }) => trial,
      render: ({ trial }) => trial,
    },
    {
      id: 'took',
      title: column.took,
      align: 'right',
      value: ({ seconds }) => seconds,
      render: ({ seconds }) => formatDuration(seconds),
    },
    {
      id: 'run',
      title: column.run,
      render: ({ run }) => <a href={`#${pathOf('runs', run)}`}>{run.slice(0, 12)}</a>,
    },
  ];
}
