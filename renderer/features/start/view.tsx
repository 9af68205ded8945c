import { Button, Modal } from '@mantine/core';
import { FlaskConical, FolderOpen, FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { PageBody } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { NewWorkspace, OpenWorkspace } from './workspace-forms.tsx';
import { RecentList } from './recent-list.tsx';
import { useSample } from './use-sample.ts';
import './start.css';

/** Continue where you were, or begin. */
export function StartView() {
  const recent = useFacts('workspaces.recent', {});
  const [form, setForm] = useState<'new' | 'open' | null>(null);
  const sample = useSample();
  return (
    <PageBody>
      <div className="start">
        <header className="start__head">
          <h1>Holdfast</h1>
          <p className="dim">
            The whole life of a model, on this computer. Nothing leaves it unless you press push, pull or log
            in.
          </p>
        </header>
        <div className="start__ways">
          <Way
            icon={FolderPlus}
            label="New workspace"
            about="a folder for data, runs and models"
            onClick={() => setForm('new')}
          />
          <Way
            icon={FolderOpen}
            label="Open a workspace"
            about="one that is on this disk or a stick"
            onClick={() => setForm('open')}
          />
          <Way
            icon={FlaskConical}
            label="Try the sample"
            about={sample.about}
            loading={sample.running}
            onClick={sample.start}
          />
        </div>
        {sample.error ? <ErrorPanel error={sample.error} what="Preparing the sample" /> : null}
        <section>
          <h2 className="start__title">Recent workspaces</h2>
          <Answer of={recent} what="Reading the list of workspaces" lines={3}>
            {({ workspaces }) => <RecentList workspaces={workspaces} />}
          </Answer>
        </section>
      </div>
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        title={form === 'open' ? 'Open a workspace' : 'New workspace'}
      >
        {form === 'new' ? <NewWorkspace suggested={recent.data?.suggested ?? ''} /> : null}
        {form === 'open' ? <OpenWorkspace /> : null}
      </Modal>
    </PageBody>
  );
}

interface WayProps {
  readonly icon: typeof FolderPlus;
  readonly label: string;
  readonly about: string;
  readonly loading?: boolean;
  readonly onClick: () => void;
}

function Way({ icon: Icon, label, about, loading = false, onClick }: WayProps) {
  return (
    <Button className="start__way" onClick={onClick} loading={loading}>
      <Icon size={20} strokeWidth={1.5} aria-hidden />
      <span>
        <strong>{label}</strong>
        <span className="dim small">{about}</span>
      </span>
    </Button>
  );
}
