import { Button, Checkbox, TextInput } from '@mantine/core';
import { DownloadCloud, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import { Concept } from '../../ui/help/concept.tsx';
import { pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { troubleOf } from '../../ui/state/error-advice.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { LoginHint } from './login-hint.tsx';
import { words } from './words.ts';
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
      <PageHead trail={[[words.title, '/models']]} title={words.pullTitle} facts={[words.pull.fact]} />
      <div className="stack" style={{ maxWidth: 640 }}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            pull();
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
            label={words.remote.plainHttp}
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
              {words.pull.pull}
            </Button>
          </div>
        </form>
        {job.running ? <JobProgress job={job.job} stops={words.pull.stops} onCancel={job.cancel} /> : null}
        {typeof fingerprint === 'string' ? (
          <TrustQuestion fingerprint={fingerprint} onTrust={pull} onRefuse={job.reset} />
        ) : null}
        {job.error && typeof fingerprint !== 'string' ? (
          <ErrorPanel error={job.error} what={words.pull.what}>
            <LoginHint error={job.error} />
          </ErrorPanel>
        ) : null}
        {job.result ? (
          <section className="panel" role="status">
            <div className="body stack">
              <p className="row">
                <Seal tone="good" label={words.pull.verified} />{' '}
                {words.pull.signedBy(job.result.signer.name ?? job.result.signer.fingerprint.slice(0, 16))}
              </p>
              <p>
                {job.result.added ? words.pull.added : words.pull.known}{' '}
                <a href={`#${pathOf('models', `${job.result.model.name}@${job.result.model.version}`)}`}>
                  {words.one.title(job.result.model.name, job.result.model.version)}
                </a>
                , {words.pull.madeBy}{' '}
                <a href={`#${pathOf('runs', job.result.run)}`}>{words.one.run(job.result.run)}</a>.
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
    <section className="panel" role="alertdialog" aria-label={words.trust.unknown}>
      <header>
        <KeyRound size={14} aria-hidden />
        <h2>{words.trust.question}</h2>
        <Concept id="signature" />
      </header>
      <form
        className="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          onTrust(name.trim());
        }}
      >
        <p>{words.trust.about}</p>
        <p className="fingerprint" aria-label={words.trust.fingerprint}>
          {fingerprint.match(/.{1,8}/g)?.join(' ')}
        </p>
        <TextInput
          label={words.trust.owner}
          description={words.trust.ownerAbout}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!name.trim()}>
            {words.trust.trust}
          </Button>
          <Button onClick={onRefuse}>{words.trust.refuse}</Button>
        </div>
      </form>
    </section>
  );
}
