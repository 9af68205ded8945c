import type { ReactNode } from 'react';
import type { Hit } from '../../../preload/contract/help.ts';
import { useFacts } from '../../api/facts.ts';
import { headingId } from '../../ui/help/page-link.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { words } from './words.ts';

/** What the manual has on the words, best first, with the place in the page. */
export function SearchHits({ asked }: { asked: string }) {
  const found = useFacts('help.search', { words: [asked], limit: 50 }, { keep: true });
  return (
    <Answer of={found} what={words.searching}>
      {({ hits }) =>
        hits.length ? (
          <>
            <p className="small dim" role="status">
              {words.found(hits.length)}
            </p>
            <ul className="learn__hits" lang="en">
              {hits.map((hit) => (
                <li key={hit.id}>
                  <a
                    href={`#${pathOf('learn', hit.id)}${hit.heading ? `?at=${encodeURIComponent(headingId(hit.heading))}` : ''}`}
                  >
                    <strong>{hit.title}</strong>
                    {hit.heading ? <span> / {hit.heading}</span> : null}
                    <span className="small faint"> {words.kind[hit.kind]}</span>
                  </a>
                  <p className="small dim">{marked(hit)}</p>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p role="status">{words.nothing(asked)}</p>
        )
      }
    </Answer>
  );
}

function marked({ snippet, marks }: Hit): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(snippet.slice(at, from), <mark key={from}>{snippet.slice(from, to)}</mark>);
    at = to;
  }
  return [...parts, snippet.slice(at)];
}
