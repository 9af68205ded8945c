import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useCall } from '../../api/facts.ts';
import { hasEnded, useJob } from '../../api/jobs.ts';
import { Facts } from '../../ui/facts.tsx';
import { pathOf } from '../../ui/navigation/router.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { statusSeals } from '../../ui/state/verdicts.ts';
import { Waiting } from '../../ui/state/waiting.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { liveFigure } from '../training/live-figure.ts';
import { words } from './words.ts';

const { panel: text } = words;

/** One job in full: progress, log, error, and what it made. */
export function JobPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { job, live, log, error } = useJob(id);
  const cancel = useCall('jobs.cancel');
  const figure = useMemo(() => liveFigure(live), [live]);
  const whole = log.join('\n');
  return (
    <aside className="panel activity__panel" aria-label={text.label}>
      <header>
        <h2 className="grow truncate">{job?.title ?? text.label}</h2>
        <ActionIcon aria-label={text.close} onClick={onClose}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </header>
      <div className="body stack">
        {error && !job ? <ErrorPanel error={error} what={text.reading} /> : null}
        {job || error ? null : <Waiting lines={4} />}
        {job ? (
          <>
            {hasEnded(job) ? null : <JobProgress job={job} onCancel={() => cancel.mutate({ job: id })} />}
            {cancel.error ? <ErrorPanel error={cancel.error} what={text.stopping} /> : null}
            {job.error ? <ErrorPanel error={job.error} what={job.title} /> : null}
            {job.status === 'interrupted' && !job.error ? <p>{text.interrupted}</p> : null}
            <Facts
              of={[
                [text.state, statusSeals[job.status].label],
                [text.id, <ShortId key="id" id={job.id} length={24} label={text.idLabel} />],
                [text.method, <code key="method">{job.method}</code>],
                [text.queued, formatInstant(job.created)],
                [text.started, job.started ? formatInstant(job.started) : text.notYet],
                [text.ended, job.finished ? formatInstant(job.finished) : text.notYet],
                ...Object.entries(job.subject).map(
                  ([kind, name]) => [kindWord(kind), <Subject key={kind} kind={kind} name={name} />] as const,
                ),
              ]}
            />
            {figure ? <FigureCard figure={figure} height={200} /> : null}
            {log.length ? (
              <section className="stack" style={{ gap: 4 }}>
                <div className="row">
                  <h3 className="grow">{text.log}</h3>
                  <CopyButton value={whole}>
                    {({ copied, copy }) => <Button onClick={copy}>{copied ? text.copied : text.copy}</Button>}
                  </CopyButton>
                </div>
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard */}
                <pre className="activity__log" tabIndex={0} aria-label={text.log}>
                  {whole}
                </pre>
              </section>
            ) : null}
          </>
        ) : null}
      </div>
    </aside>
  );
}

function kindWord(kind: string): string {
  const { kinds } = words;
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind;
}

const pages: Readonly<Record<string, string>> = { run: 'runs', dataset: 'data', model: 'models' };

function Subject({ kind, name }: { kind: string; name: string }) {
  const page = pages[kind];
  return page ? <a href={`#${pathOf(page, name)}`}>{name}</a> : <span>{name}</span>;
}
