import { Fragment, useEffect, type ReactNode } from 'react';
import { CopyLink } from './navigation/copy-link.tsx';
import { nameActive } from './navigation/tabs.ts';
import { words } from './words.ts';
import './page-head.css';

interface Props {
  /** Where this is: label and path, outermost first, without the page itself. */
  readonly trail?: readonly (readonly [label: string, path: string])[];
  readonly title: string;
  /** State and verdicts, as seals. */
  readonly seals?: ReactNode;
  /** One line of facts; each is separated from the next. */
  readonly facts?: readonly ReactNode[];
  readonly actions?: ReactNode;
}

/** The same head on every page: where, what, state, facts, and the one thing to do. */
export function PageHead({ trail = [], title, seals, facts = [], actions }: Props) {
  useEffect(() => nameActive(title), [title]);
  return (
    <header className="page-head">
      <div className="grow">
        {trail.length ? (
          <nav className="page-head__trail" aria-label={words.breadcrumb}>
            {trail.map(([label, path]) => (
              <Fragment key={path}>
                <a href={`#${path}`}>{label}</a>
                <span aria-hidden>/</span>
              </Fragment>
            ))}
          </nav>
        ) : null}
        <div className="row page-head__title">
          <h1 title={title}>{title}</h1>
          {seals}
          <CopyLink />
        </div>
        {facts.length ? (
          <p className="page-head__facts">
            {facts
              .filter((fact) => fact !== null && fact !== false && fact !== undefined)
              .map((fact, i) => (
                <span key={i}>{fact}</span>
              ))}
          </p>
        ) : null}
      </div>
      {actions ? <div className="row page-head__actions">{actions}</div> : null}
    </header>
  );
}

/** A page's frame: head on top, content below, scrolling as one unless `fills`. */
export function PageBody({ children, fills = false }: { children: ReactNode; fills?: boolean }) {
  return <div className={fills ? 'page-body page-body--fills' : 'page-body'}>{children}</div>;
}
