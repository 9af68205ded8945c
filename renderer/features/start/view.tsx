import { Button, Modal } from '@mantine/core';
import { FolderOpen, FolderPlus, GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { go } from '../../ui/navigation/router.ts';
import { PageBody } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { FirstSteps } from './first-steps.tsx';
import { RecentList } from './recent-list.tsx';
import { SampleCards } from './sample-cards.tsx';
import { words } from './words.ts';
import { NewWorkspace, OpenWorkspace } from './workspace-forms.tsx';
import './start.css';

/** Continue where you were, or begin. */
export function StartView() {
  const recent = useFacts('workspaces.recent', {});
  // The shell asks. Asked here too, a refusal would be asked again each time this page appears, which it does on a refusal.
  const info = useFacts('workspaces.info', {}, { when: false });
  const [form, setForm] = useState<'new' | 'open' | null>(null);
  // A refusal (none is open) may keep the answer of the workspace before.
  const workspace = info.error ? null : (info.data?.workspace ?? null);
  return (
    <PageBody>
      <div className="start">
        <header className="start__head">
          <h1>Holdfast</h1>
          <p className="dim">{words.about}</p>
        </header>
        <div className="start__ways">
          <Way icon={FolderPlus} {...words.make} onClick={() => setForm('new')} />
          <Way icon={FolderOpen} {...words.open} onClick={() => setForm('open')} />
          <Way icon={GraduationCap} {...words.learn} onClick={() => go('/learn')} />
        </div>
        {workspace ? <FirstSteps workspace={workspace} /> : null}
        <section>
          <h2 className="start__title">{words.recent.title}</h2>
          <Answer of={recent} what={words.recent.reading} lines={3}>
            {({ workspaces }) => <RecentList workspaces={workspaces} />}
          </Answer>
        </section>
        <SampleCards />
        {workspace ? null : <FirstSteps workspace={null} />}
      </div>
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        title={form === 'open' ? words.open.label : words.make.label}
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
  readonly onClick: () => void;
}

function Way({ icon: Icon, label, about, onClick }: WayProps) {
  return (
    <Button className="start__way" onClick={onClick}>
      <Icon size={20} strokeWidth={1.5} aria-hidden />
      <span>
        <strong>{label}</strong>
        <span className="dim small">{about}</span>
      </span>
    </Button>
  );
}
