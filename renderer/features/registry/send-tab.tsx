import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatBytes, plural } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { LoginHint } from './login-hint.tsx';

/** A signed bundle of the version, into a folder or to a remote. */
export function SendTab({ model }: { model: string }) {
  return (
    <div className="stack" style={{ gap: 24 }}>
      <div className="send">
        <ExportForm model={model} />
        <PushForm model={model} />
      </div>
      <SentBefore model={model} />
    </div>
  );
}

function ExportForm({ model }: { model: string }) {
  const [dir, setDir] = useState('');
  const [withData, setWithData] = useState(false);
  const job = useJobCall('bundles.export');
  return (
    <section className="panel" aria-label="Export">
      <header>
        <h2>Export a signed bundle</h2>
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ model, dir: dir.trim(), withData });
        }}
      >
        <PathInput
          label="Folder"
          description="New or empty. MLflow and ONNX Runtime can read it as it is."
          what="new-folder"
          value={dir}
          onChange={setDir}
        />
        <Checkbox
          size="xs"
          label="with the training data itself"
          checked={withData}
          onChange={(event) => setWithData(event.currentTarget.checked)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!dir.trim()} loading={job.running}>
            Export
          </Button>
        </div>
        {job.running ? (
          <JobProgress job={job.job} stops="Nothing is left in the folder." onCancel={job.cancel} />
        ) : null}
        {job.error ? <ErrorPanel error={job.error} what="The export" /> : null}
        {job.result ? (
          <>
            <p className="row" role="status">
              <Seal tone="good" label="signed" /> {plural(job.result.bundle.files.length, 'file')},{' '}
              {formatBytes(job.result.bundle.files.reduce((sum, file) => sum + file.size, 0))},{' '}
              <ShortId id={job.result.bundle.digest} label="bundle digest" />
            </p>
            <DenseTable
              label="Files of the bundle"
              rows={job.result.bundle.files}
              keyOf={(file) => file.path}
              maxHeight={280}
              columns={[
                {
                  id: 'path',
                  title: 'File',
                  value: (file) => file.path,
                  render: (file) => <code>{file.path}</code>,
                },
                {
                  id: 'size',
                  title: 'Size',
                  align: 'right',
                  value: (file) => file.size,
                  render: (file) => formatBytes(file.size),
                },
                {
                  id: 'sha',
                  title: 'SHA-256',
                  render: (file) => <ShortId id={file.sha256} label="SHA-256" />,
                },
              ]}
            />
          </>
        ) : null}
      </form>
    </section>
  );
}

function PushForm({ model }: { model: string }) {
  const [remote, setRemote] = useState('');
  const [withData, setWithData] = useState(false);
  const [plainHttp, setPlainHttp] = useState(false);
  const job = useJobCall('remotes.push');
  return (
    <section className="panel" aria-label="Push">
      <header>
        <h2>Push to a remote</h2>
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ model, remote: remote.trim(), withData, plainHttp });
        }}
      >
        <TextInput
          label="Remote"
          description="a registry, or a folder such as a USB stick"
          placeholder="oci://host/repository:tag or file:/folder"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
          value={remote}
          onChange={(event) => setRemote(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label="with the training data itself"
          checked={withData}
          onChange={(event) => setWithData(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label="allow plain http to another host"
          checked={plainHttp}
          onChange={(event) => setPlainHttp(event.currentTarget.checked)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!remote.trim()} loading={job.running}>
            Push
          </Button>
        </div>
        {job.running ? (
          <JobProgress
            job={job.job}
            stops="What was sent stays there and is not sent again."
            onCancel={job.cancel}
          />
        ) : null}
        {job.error ? (
          <ErrorPanel error={job.error} what="The push">
            <LoginHint error={job.error} />
          </ErrorPanel>
        ) : null}
        {job.result ? (
          <p role="status">
            Sent {plural(job.result.sent.blobs, 'part')} ({formatBytes(job.result.sent.bytes)}) to{' '}
            <code>{job.result.remote}</code>
            {job.result.skipped.blobs
              ? `; ${plural(job.result.skipped.blobs, 'part')} (${formatBytes(job.result.skipped.bytes)}) were there already`
              : ''}
            . <ShortId id={job.result.digest} length={19} label="manifest digest" />
          </p>
        ) : null}
      </form>
    </section>
  );
}

function SentBefore({ model }: { model: string }) {
  const remotes = useFacts('remotes.list', {});
  const name = model.split('@')[0];
  const rows = (remotes.data?.remotes ?? []).filter((one) => one.model.split('@')[0] === name);
  if (!rows.length) return null;
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>Pushed and pulled before</h2>
      <DenseTable
        label="Pushed and pulled before"
        rows={rows}
        keyOf={(row) => `${row.at} ${row.remote} ${row.direction}`}
        columns={[
          {
            id: 'direction',
            title: '',
            width: 70,
            render: (row) => (row.direction === 'push' ? 'pushed' : 'pulled'),
          },
          { id: 'model', title: 'Version', value: (row) => row.model, render: (row) => row.model },
          {
            id: 'remote',
            title: 'Remote',
            value: (row) => row.remote,
            render: (row) => <code title={row.remote}>{row.remote}</code>,
          },
          {
            id: 'digest',
            title: 'Digest',
            render: (row) => <ShortId id={row.digest} length={19} label="digest" />,
          },
          {
            id: 'at',
            title: 'When',
            align: 'right',
            value: (row) => row.at,
            render: (row) => <Moment at={row.at} />,
          },
        ]}
      />
    </section>
  );
}
