import { Popover } from '@mantine/core';
import { HelpCircle } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { pathOf } from '../navigation/router.ts';
import { Answer } from '../state/answer.tsx';
import { Waiting } from '../state/waiting.tsx';
import './concept.css';
import { words } from './words.ts';

const HelpText = lazy(async () => ({ default: (await import('./help-text.tsx')).HelpText }));

interface Props {
  /** A page of the manual: `roc-curve`, `roc_auc`. */
  readonly id: string;
  /** What it is called here; default: the id in words. It describes the button, whose name says nothing that a field beside it is called. */
  readonly name?: string;
}

/** "What is this?" beside a control or a figure: a small button that opens the card. Read when opened, and not before. */
export function Concept({ id, name = id.replaceAll(/[-_]/g, ' ') }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={380}
      position="bottom-start"
      middlewares={{ flip: true, shift: true, size: true }}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="concept"
          aria-label={words.whatIsThis}
          title={words.whatIs(name)}
          onClick={(event) => {
            // Beside a label, the button is no part of what the label is for.
            event.preventDefault();
            event.stopPropagation();
            setOpened((was) => !was);
          }}
        >
          <HelpCircle size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="concept__card">
        {opened ? (
          <div className="concept__text">
            <Card id={id} />
          </div>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function Card({ id }: { id: string }) {
  const answer = useFacts('help.show', { page: id });
  return (
    <Answer of={answer} what={words.reading} lines={4}>
      {({ page }) => (
        <>
          <header className="row">
            <h3 className="grow" lang="en">
              {page.title}
            </h3>
            <a className="small" href={`#${pathOf('learn', id)}`}>
              {words.openInLearn}
            </a>
          </header>
          <Suspense fallback={<Waiting lines={4} />}>
            <HelpText page={page} />
          </Suspense>
        </>
      )}
    </Answer>
  );
}
