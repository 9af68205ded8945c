import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import { words } from './words.ts';

export function MachineTabs({ active }: { active: string }) {
  return (
    <LinkTabs
      label={words.tabs}
      active={active}
      tabs={[
        { id: 'machine', label: words.machine, path: '/machine' },
        { id: 'workspace', label: words.workspace, path: '/machine/workspace' },
        { id: 'journal', label: words.journal, path: '/machine/journal' },
      ]}
    />
  );
}
