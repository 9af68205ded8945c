import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PageInfo } from '../../../preload/contract/help.ts';
import { useFacts } from '../../api/facts.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { SearchHits } from './search-hits.tsx';
import { words } from './words.ts';
import './help.css';

const kinds = ['document', 'concept', 'metric'] as const;

/** The manual: everything there is to read, and a search through it. */
export function LearnView({ query }: PageProps) {
  const list = useFacts('help.list', {});
  const wanted = query.get('q') ?? '';
  const [asked, setAsked] = useState(wanted);
  const [settled] = useDebouncedValue(asked.trim(), 150);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    // Back from a page leads to the same results.
    if (settled !== wanted)
      go(settled ? `/learn?q=${encodeURIComponent(settled)}` : '/learn', { replace: true });
  }, [settled, wanted]);
  const pages = list.data?.pages ?? [];
  const count = (kind: PageInfo['kind']) => pages.filter((page) => page.kind === kind).length;
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={
          pages.length
            ? [
                words.facts(count('document'), count('concept'), count('metric')),
                words.language || null,
                <a key="licences" href="#/licences" title={words.licencesAbout}>
                  {words.licences}
                </a>,
              ]
            : []
        }
      />
      <TextInput
        ref={field}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<Search size={14} aria-hidden />}
        maw={560}
        mb={16}
        maxLength={200}
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      {settled ? (
        <SearchHits asked={settled} />
      ) : (
        <Answer of={list} what={words.reading}>
          {(data) => (
            <div className="learn">
              {kinds.map((kind) => (
                <section key={kind} aria-label={words[kind]}>
                  <h2>{words[kind]}</h2>
                  <ul className="learn__pages" lang="en">
                    {data.pages
                      .filter((page) => page.kind === kind)
                      .map(({ id, title, short }) => (
                        <li key={id}>
                          <a href={`#${pathOf('learn', id)}`}>
                            <strong>{title}</strong>
                            <span className="small dim">{short}</span>
                          </a>
                        </li>
                      ))}
                  </ul>
                </section>
              ))}
            </div>
          )}
        </Answer>
      )}
    </PageBody>
  );
}
