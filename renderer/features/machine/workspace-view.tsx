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
import { MachineTabs } from './tabs.tsx';
import './machine.css';

/** Facts about the open workspace, and the proof that it is whole. */
export function WorkspaceView() {
  const info = useFacts('workspaces.info', {});
  const verify = useJobCall('workspaces.verify');
  return (
    <PageBody>
      <PageHead
        title="About this workspace"
        actions={
          <Button
            variant="filled"
            leftSection={<ShieldCheck size={14} aria-hidden />}
            loading={verify.running}
            onClick={() => void verify.start({})}
          >
            Verify
          </Button>
        }
      />
      <MachineTabs active="workspace" />
      <div className="machine">
        <section className="stack">
          {verify.running ? <JobProgress job={verify.job} onCancel={verify.cancel} /> : null}
          {verify.error ? <ErrorPanel error={verify.error} what="Verifying" /> : null}
          {verify.result ? <Verified result={verify.result} /> : null}
          {verify.running || verify.error || verify.result ? null : (
            <p className="dim">
              Verify re-hashes every object, walks every reference, and checks the database and the chain of
              the journal. It changes nothing, and names every injury.
            </p>
          )}
        </section>
        <Answer of={info} what="Reading the workspace">
          {({ workspace }) => (
            <section className="panel">
              <header>
                <h2>{workspace.name}</h2>
              </header>
              <div className="body">
                <Facts
                  of={[
                    ['folder', <code key="dir">{workspace.dir}</code>],
                    ['id', <ShortId key="id" id={workspace.id} label="workspace id" />],
                    ['made', formatInstant(workspace.created)],
                    ['format', String(workspace.format)],
                    ['can be changed', workspace.writable ? 'yes' : 'no, another process is the writer'],
                    ['datasets', workspace.counts.datasets.toLocaleString()],
                    ['snapshots', workspace.counts.snapshots.toLocaleString()],
                    ['runs', workspace.counts.runs.toLocaleString()],
                    ['models', workspace.counts.models.toLocaleString()],
                    [
                      'objects',
                      `${workspace.counts.objects.toLocaleString()}, ${formatBytes(workspace.size)}`,
                    ],
                    ['journal', `${workspace.journal.records.toLocaleString()} records`],
                    ['journal head', <ShortId key="head" id={workspace.journal.head} label="journal head" />],
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

type Result = NonNullable<ReturnType<typeof useJobCall<'workspaces.verify'>>['result']>;

function Verified({ result }: { result: Result }) {
  const { checked } = result;
  return (
    <>
      <p className="row" role="status">
        {result.verified ? <Seal tone="good" label="verified" /> : <Seal tone="bad" label="damaged" />}
        {checked.objects.toLocaleString()} objects ({formatBytes(checked.bytes)}),{' '}
        {checked.references.toLocaleString()} references and {checked.journal.toLocaleString()} journal
        records looked at.
      </p>
      {result.problems.length ? (
        <DenseTable
          label="Problems"
          rows={result.problems}
          keyOf={(problem) => `${problem.code} ${problem.what}`}
          columns={[
            {
              id: 'what',
              title: 'What',
              value: (problem) => problem.what,
              render: (problem) => <code title={problem.what}>{problem.what}</code>,
            },
            {
              id: 'message',
              title: 'Injury',
              render: (problem) => <span title={problem.message}>{problem.message}</span>,
            },
            {
              id: 'affects',
              title: 'Can not be used any more',
              render: (problem) => problem.affects.join(', '),
            },
          ]}
        />
      ) : null}
    </>
  );
}
