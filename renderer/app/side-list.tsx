import { navPages } from './routes.ts';
import { words } from './words.ts';

/** What is about the app and not about a model. */
const about: ReadonlySet<string> = new Set(['/activity', '/machine', '/settings', '/help']);

/** The order of a model's life, down the left side. */
export function SideList({ path }: { path: string }) {
  const root = `/${path.split('/')[1] ?? ''}`;
  return (
    <nav className="side-list" aria-label={words.pages}>
      {navPages.filter(({ pattern }) => !about.has(pattern)).map(entry)}
      <div className="side-list__gap" />
      {navPages.filter(({ pattern }) => about.has(pattern)).map(entry)}
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
        <kbd aria-hidden>{`G ${nav?.letter.toUpperCase() ?? ''}`}</kbd>
      </a>
    );
  }
}
