import type { HelpPage } from '../../../preload/contract/help.ts';
import { pathOf } from '../navigation/router.ts';
import { Drawing } from './drawing.tsx';
import { Markdown } from './markdown.tsx';
import { WorkedExample } from './worked-example.tsx';
import { words } from './words.ts';
import './help-text.css';

/** All of a page of the manual below its title, the same on a card and on a page of its own. */
export function HelpText({ page }: { page: HelpPage }) {
  return (
    <div className="help-text">
      {page.kind === 'document' ? null : (
        <p className="help-text__short" lang="en">
          {page.short}
        </p>
      )}
      {page.formula ? (
        <p className="help-text__formula">
          <code>
            {page.title} = {page.formula}
          </code>
        </p>
      ) : null}
      {page.drawing ? <Drawing spec={page.drawing} /> : null}
      <Markdown text={page.text} page={page.id} />
      {page.example ? <WorkedExample spec={page.example} /> : null}
      {page.see.length ? (
        <p className="help-text__see small">
          <span className="dim">{words.seeAlso}</span>
          {page.see.map(({ id, title, short }) => (
            <a key={id} href={`#${pathOf('learn', id)}`} title={short}>
              {title}
            </a>
          ))}
        </p>
      ) : null}
    </div>
  );
}
