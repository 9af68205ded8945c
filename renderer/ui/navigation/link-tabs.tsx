import './link-tabs.css';

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly path: string;
  readonly count?: number;
}

/** Tabs within an object; each is a link of its own, so that back works and an address can be given to a colleague. */
export function LinkTabs({ tabs, active, label }: { tabs: readonly Tab[]; active: string; label: string }) {
  return (
    <nav className="link-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.id} href={`#${tab.path}`} aria-current={tab.id === active ? 'page' : undefined}>
          {tab.label}
          {tab.count ? <span className="link-tabs__count">{tab.count.toLocaleString()}</span> : null}
        </a>
      ))}
    </nav>
  );
}
