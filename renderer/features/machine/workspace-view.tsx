import { Button } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatBytes, formatInstant } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { locale } from '../../ui/text/words.ts';
import { MachineTabs } from './tabs.tsx';
import { words } from './words.ts';
import './machine.css';

/** Facts about the open workspace, and the proof that it is whole. */
export function WorkspaceView() {
  const info = useFacts('workspaces.info', {});
  const verify = useJobCall('workspaces.verify');
  return (
    <PageBody>
      <PageHead
        title={words.aboutWorkspace}
        actions={
          <Button
            variant="filled"
            leftSection={<ShieldCheck size={14} aria-hidden />}
            loading={verify.running}
            onClick={() => void verify.start({})}
          >
            {words.verify.action}
          </Button>
        }
      />
      <MachineTabs active="workspace" />
      <div className="machine">
        <section className="stack">
          {verify.running ? <JobProgress job={verify.job} onCancel={verify.cancel} /> : null}
          {verify.error ? <ErrorPanel error={verify.error} what={words.verify.doing} /> : null}
          {verify.result ? <Verified result={verify.result} /> : null}
          {verify.running || verify.error || verify.result ? null : (
            <p className="dim">{words.verify.about}</p>
          )}
        </section>
        <Answer of={info} what={words.facts.reading}>
          {({ workspace }) => (
            <section className="panel">
              <header>
                <h2>{workspace.name}</h2>
              </header>
              <div className="body">
                <Facts
                  of={[
                    [words.facts.folder, <code key="dir">{workspace.dir}</code>],
                    [words.facts.id, <ShortId key="id" id={workspace.id} label={words.facts.idLabel} />],
                    [words.facts.made, formatInstant(workspace.created)],
                    [words.facts.format, String(workspace.format)],
                    [words.facts.writable, workspace.writable ? words.facts.yes : words.facts.no],
                    [words.facts.datasets, count(workspace.counts.datasets)],
                    [words.facts.snapshots, count(workspace.counts.snapshots)],
                    [words.facts.runs, count(workspace.counts.runs)],
                    [words.facts.models, count(workspace.counts.models)],
                    [
                      words.facts.objects,
                      `${count(workspace.counts.objects)}, ${formatBytes(workspace.size)}`,
                    ],
                    [words.journal, words.facts.records(count(workspace.journal.records))],
                    [
                      words.facts.head,
                      <ShortId key="head" id={workspace.journal.head} label={words.facts.head} />,
                    ],
                  ]}
                />
              </div>
            </section>
          )}
        </Answer>
      </div>
    </PageBody>
  );
}

function count(value: number): string {
  return value.toLocaleString(locale);
}

type Result = NonNullable<ReturnType<typeof useJobCall<'workspaces.verify'>>['result']>;

function Verified({ result }: { result: Result }) {
  const { checked } = result;
  return (
    <>
      <p className="row" role="status">
        {result.verified ? (
          <Seal tone="good" label={words.verify.verified} />
        ) : (
          <Seal tone="bad" label={words.verify.damaged} />
        )}
        {words.verify.checked(
          count(checked.objects),
          formatBytes(checked.bytes),
          count(checked.references),
          count(checked.journal),
        )}
      </p>
      {result.problems.length ? (
        <DenseTable
          label={words.verify.problems}
          rows={result.problems}
          keyOf={(problem) => `${problem.code} ${problem.what}`}
          columns={[
            {
              id: 'what',
              title: words.verify.what,
              value: (problem) => problem.what,
              render: (problem) => <code title={problem.what}>{problem.what}</code>,
            },
            {
              id: 'message',
              title: words.verify.injury,
              render: (problem) => <span title={problem.message}>{problem.message}</span>,
            },
            {
              id: 'affects',
              title: words.verify.affects,
              render: (problem) => problem.affects.join(', '),
            },
          ]}
        />
      ) : null}
    </>
  );
}
