import { Button, Checkbox, TextInput } from '@mantine/core';
import { DownloadCloud, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { troubleOf } from '../../ui/state/error-advice.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { LoginHint } from './login-hint.tsx';
import './registry.css';

/** Brings a model from a remote; it is verified before any of it is used. */
export function PullView() {
  const [remote, setRemote] = useState('');
  const [plainHttp, setPlainHttp] = useState(false);
  const job = useJobCall('remotes.pull');
  const trouble = job.error ? troubleOf(job.error) : null;
  const fingerprint = trouble?.code === 'bundle-signer-unknown' ? trouble.details['fingerprint'] : undefined;
  const pull = (trust?: string) =>
    void job.start({ remote: remote.trim(), plainHttp, ...(trust === undefined ? {} : { trust }) });
  return (
    <PageBody>
      <PageHead
        trail={[['Models', '/models']]}
        title="Pull a model"
        facts={['signature, every file and the golden rows are verified first']}
      />
      <div className="stack" style={{ maxWidth: 640 }}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            pull();
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
            label="allow plain http to another host"
            checked={plainHttp}
            onChange={(event) => setPlainHttp(event.currentTarget.checked)}
          />
          <div className="row">
            <Button
              type="submit"
              variant="filled"
              leftSection={<DownloadCloud size={14} aria-hidden />}
              disabled={!remote.trim()}
              loading={job.running}
            >
              Pull
            </Button>
          </div>
        </form>
        {job.running ? (
          <JobProgress job={job.job} stops="Nothing of it is kept." onCancel={job.cancel} />
        ) : null}
        {typeof fingerprint === 'string' ? (
          <TrustQuestion fingerprint={fingerprint} onTrust={pull} onRefuse={job.reset} />
        ) : null}
        {job.error && typeof fingerprint !== 'string' ? (
          <ErrorPanel error={job.error} what="The pull">
            <LoginHint error={job.error} />
          </ErrorPanel>
        ) : null}
        {job.result ? (
          <section className="panel" role="status">
            <div className="body stack">
              <p className="row">
                <Seal tone="good" label="verified" /> signed by{' '}
                {job.result.signer.name ?? job.result.signer.fingerprint.slice(0, 16)}
              </p>
              <p>
                {job.result.added ? 'Now here: ' : 'It was here already; nothing was added: '}
                <a href={`#${pathOf('models', `${job.result.model.name}@${job.result.model.version}`)}`}>
                  {job.result.model.name} version {job.result.model.version}
                </a>
                , made by <a href={`#${pathOf('runs', job.result.run)}`}>run {job.result.run}</a>.
              </p>
            </div>
          </section>
        ) : null}
      </div>
    </PageBody>
  );
}

interface TrustQuestionProps {
  readonly fingerprint: string;
  readonly onTrust: (name: string) => void;
  readonly onRefuse: () => void;
}

/** The bundle is whole, but who signed it is not known here. */
function TrustQuestion({ fingerprint, onTrust, onRefuse }: TrustQuestionProps) {
  const [name, setName] = useState('');
  return (
    <section className="panel" role="alertdialog" aria-label="Unknown signer">
      <header>
        <KeyRound size={14} aria-hidden />
        <h2>Do you trust who signed this?</h2>
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          onTrust(name.trim());
        }}
      >
        <p>
          The bundle is as it was signed, but the key is not known here. Compare this fingerprint with its
          owner, by phone or in person, before you trust it. Nothing of the bundle was used yet.
        </p>
        <p className="fingerprint" aria-label="fingerprint">
          {fingerprint.match(/.{1,8}/g)?.join(' ')}
        </p>
        <TextInput
          label="Name of the owner"
          description="the key is kept under this name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!name.trim()}>
            Trust and pull
          </Button>
          <Button onClick={onRefuse}>Do not trust</Button>
        </div>
      </form>
    </section>
  );
}
