import { useEffect, useMemo } from 'react';
import type { HelpPage } from '../../../preload/contract/help.ts';
import { useFacts } from '../../api/facts.ts';
import { HelpText } from '../../ui/help/help-text.tsx';
import { headingId } from '../../ui/help/page-link.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { words } from './words.ts';
import './help.css';

/** One page of the manual, with its headings beside it where it has several. */
export function ManualPage({ params, query }: PageProps) {
  const id = params['page'] ?? '';
  const answer = useFacts('help.show', { page: id });
  return (
    <PageBody key={id}>
      <PageHead
        trail={[[words.title, '/learn']]}
        title={answer.data?.page.title ?? id}
        facts={answer.data ? [words.kind[answer.data.page.kind], words.language || null] : []}
      />
      <Answer of={answer} what={words.reading}>
        {({ page }) => <Read key={page.id} page={page} at={query.get('at') ?? ''} />}
      </Answer>
    </PageBody>
  );
}

function Read({ page, at }: { page: HelpPage; at: string }) {
  const headings = useMemo(() => headingsOf(page.text), [page.text]);
  useEffect(() => {
    if (at) document.getElementById(at)?.scrollIntoView({ block: 'start' });
  }, [at]);
  return (
    <div className="manual-page">
      <article>
        <HelpText page={page} />
      </article>
      {headings.length > 1 ? (
        <nav className="manual-page__headings small" aria-label={words.onThisPage}>
          {headings.map((heading) => (
            <a
              key={heading}
              href={`#${pathOf('learn', page.id)}?at=${encodeURIComponent(headingId(heading))}`}
              lang="en"
            >
              {heading}
            </a>
          ))}
        </nav>
      ) : null}
    </div>
  );
}

function headingsOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  return Array.from(prose.matchAll(/^## (.+)$/gm), ([, heading = '']) => heading.replaceAll('`', '').trim());
}
