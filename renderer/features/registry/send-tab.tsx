import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { Concept } from '../../ui/help/concept.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { LoginHint } from './login-hint.tsx';
import { words } from './words.ts';

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
    <section className="panel" aria-label={words.export.region}>
      <header>
        <h2>{words.export.title}</h2>
        <Concept id="bundle" />
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ model, dir: dir.trim(), withData });
        }}
      >
        <PathInput
          label={words.export.folder}
          description={words.export.folderAbout}
          what="new-folder"
          value={dir}
          onChange={setDir}
        />
        <Checkbox
          size="xs"
          label={words.export.withData}
          checked={withData}
          onChange={(event) => setWithData(event.currentTarget.checked)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!dir.trim()} loading={job.running}>
            {words.export.export}
          </Button>
        </div>
        {job.running ? <JobProgress job={job.job} stops={words.export.stops} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={words.export.what} /> : null}
        {job.result ? (
          <>
            <p className="row" role="status">
              <Seal tone="good" label={words.export.signed} />{' '}
              {words.export.files(
                job.result.bundle.files.length,
                formatBytes(job.result.bundle.files.reduce((sum, file) => sum + file.size, 0)),
              )}{' '}
              <ShortId id={job.result.bundle.digest} label={words.export.digest} />
            </p>
            <DenseTable
              label={words.export.table}
              rows={job.result.bundle.files}
              keyOf={(file) => file.path}
              maxHeight={280}
              columns={[
                {
                  id: 'path',
                  title: words.export.file,
                  value: (file) => file.path,
                  render: (file) => <code>{file.path}</code>,
                },
                {
                  id: 'size',
                  title: words.export.size,
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
    <section className="panel" aria-label={words.push.region}>
      <header>
        <h2>{words.push.title}</h2>
        <Concept id="remote" />
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ model, remote: remote.trim(), withData, plainHttp });
        }}
      >
        <TextInput
          label={words.remote.label}
          description={words.remote.about}
          placeholder={words.remote.example}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
          value={remote}
          onChange={(event) => setRemote(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={words.export.withData}
          checked={withData}
          onChange={(event) => setWithData(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={words.remote.plainHttp}
          checked={plainHttp}
          onChange={(event) => setPlainHttp(event.currentTarget.checked)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!remote.trim()} loading={job.running}>
            {words.push.push}
          </Button>
        </div>
        {job.running ? <JobProgress job={job.job} stops={words.push.stops} onCancel={job.cancel} /> : null}
        {job.error ? (
          <ErrorPanel error={job.error} what={words.push.what}>
            <LoginHint error={job.error} />
          </ErrorPanel>
        ) : null}
        {job.result ? (
          <p role="status">
            {words.push.sent(job.result.sent.blobs, formatBytes(job.result.sent.bytes))}{' '}
            <code>{job.result.remote}</code>
            {job.result.skipped.blobs
              ? words.push.skipped(job.result.skipped.blobs, formatBytes(job.result.skipped.bytes))
              : ''}
            . <ShortId id={job.result.digest} length={19} label={words.push.digest} />
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
      <h2>{words.before.title}</h2>
      <DenseTable
        label={words.before.title}
        rows={rows}
        keyOf={(row) => `${row.at} ${row.remote} ${row.direction}`}
        columns={[
          {
            id: 'direction',
            title: '',
            width: 70,
            render: (row) => (row.direction === 'push' ? words.before.pushed : words.before.pulled),
          },
          { id: 'model', title: words.before.version, value: (row) => row.model, render: (row) => row.model },
          {
            id: 'remote',
            title: words.remote.label,
            value: (row) => row.remote,
            render: (row) => <code title={row.remote}>{row.remote}</code>,
          },
          {
            id: 'digest',
            title: words.before.digest,
            render: (row) => <ShortId id={row.digest} length={19} label={words.before.digest} />,
          },
          {
            id: 'at',
            title: words.before.when,
            align: 'right',
            value: (row) => row.at,
            render: (row) => <Moment at={row.at} />,
          },
        ]}
      />
    </section>
  );
}
