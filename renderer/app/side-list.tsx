import { navPages } from './routes.ts';

/** The order of a model's life, down the left side. */
export function SideList({ path }: { path: string }) {
  const root = `/${path.split('/')[1] ?? ''}`;
  const main = navPages.filter((page) => page.pattern !== '/machine' && page.pattern !== '/activity');
  const rest = navPages.filter((page) => !main.includes(page));
  return (
    <nav className="side-list" aria-label="Pages">
      {main.map(entry)}
      <div className="side-list__gap" />
      {rest.map(entry)}
    </nav>
  );

  function entry({ pattern, title, nav }: (typeof navPages)[number]) {
    const Icon = nav?.icon;
    return (
      <a
        key={pattern}
        href={`#${pattern}`}
        aria-current={pattern === root ? 'page' : undefined}
        title={title}
      >
        {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : null}
        <span>{title}</span>
        <kbd aria-hidden>G {nav?.letter.toUpperCase()}</kbd>
      </a>
    );
  }
}
