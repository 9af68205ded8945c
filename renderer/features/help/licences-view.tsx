import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { readNotices, type Notices } from './notices.ts';
import { words } from './words.ts';
import './help.css';

const keyOf = ({ name, version }: Notices['packages'][number]) => `${name}@${version}`;

/** Whose work is inside, on which terms; read from a file that was built with the page. */
export function LicencesView() {
  const notices = useQuery({ queryKey: ['licences.json'], queryFn: readNotices, staleTime: Infinity });
  const packages = notices.data?.packages ?? [];
  const licences = new Set(packages.map(({ licence }) => licence)).size;
  return (
    <PageBody fills>
      <PageHead
        trail={[[words.title, '/learn']]}
        title={words.licences}
        facts={packages.length ? [words.licence.facts(packages.length, licences), words.licence.own] : []}
      />
      <Answer of={notices} what={words.licence.reading}>
        {(data) => <Licences notices={data} />}
      </Answer>
    </PageBody>
  );
}

function Licences({ notices }: { notices: Notices }) {
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = asked.trim().toLowerCase();
  const shown = notices.packages.filter(({ name, licence }) =>
    `${name} ${licence ?? ''}`.toLowerCase().includes(wanted),
  );
  const one = notices.packages.find((each) => keyOf(each) === chosen);
  return (
    <div className="licences">
      <section className="stack" style={{ minHeight: 0, gap: 0 }} aria-label={words.licence.all}>
        <TextInput
          type="search"
          aria-label={words.licence.filter}
          placeholder={words.licence.filter}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <ul className="licences__list">
          {shown.map((each) => (
            <li key={keyOf(each)}>
              <button type="button" aria-pressed={each === one} onClick={() => setChosen(keyOf(each))}>
                <span className="grow truncate">
                  {each.name} <span className="faint">{each.version}</span>
                </span>
                <span className="small dim">{each.licence}</span>
              </button>
            </li>
          ))}
        </ul>
        {shown.length ? null : <p className="dim">{words.licence.none}</p>}
      </section>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reached by keyboard */}
      <section className="licences__text" tabIndex={0} aria-label={one?.name ?? words.licences}>
        {one ? (
          <>
            <h2>
              {one.name} {one.version}
            </h2>
            <pre lang="en">{one.text === null ? words.licence.noText : notices.texts[one.text]}</pre>
          </>
        ) : (
          <p className="dim">{words.licence.choose}</p>
        )}
      </section>
    </div>
  );
}
