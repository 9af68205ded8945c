import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';

export function MachineTabs({ active }: { active: string }) {
  return (
    <LinkTabs
      label="About"
      active={active}
      tabs={[
        { id: 'machine', label: 'This machine', path: '/machine' },
        { id: 'workspace', label: 'This workspace', path: '/machine/workspace' },
        { id: 'journal', label: 'Journal', path: '/machine/journal' },
      ]}
    />
  );
}
