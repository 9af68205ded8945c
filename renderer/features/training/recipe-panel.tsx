import { SegmentedControl, Textarea } from '@mantine/core';
import { AlertTriangle, Info } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { Concept } from '../../ui/help/concept.tsx';
import { useTrainDraft } from './store.ts';

interface Props {
  readonly text: string;
  readonly unreadable: string | null;
  readonly resolved: OutputOf<'recipes.resolve'> | undefined;
  readonly error: Error | null;
  readonly isOld: boolean;
}

/** The recipe as text: as it is written, or with every default filled in; below it what there is to know about it. */
export function RecipePanel({ text, unreadable, resolved, error, isOld }: Props) {
  const setText = useTrainDraft((state) => state.setText);
  const [side, setSide] = useState<'written' | 'resolved'>('written');
  return (
    <aside className="panel train__text" aria-label="Recipe">
      <header>
        <h2>Recipe</h2>
        <Concept id="recipe" />
        <span className="grow" />
        <SegmentedControl
          size="xs"
          aria-label="Recipe text"
          data={[
            { value: 'written', label: 'as written' },
            { value: 'resolved', label: 'with defaults' },
          ]}
          value={side}
          onChange={(next) => setSide(next)}
        />
      </header>
      <div className="body stack">
        {side === 'written' ? (
          <Textarea
            aria-label="Recipe as YAML"
            autosize
            minRows={6}
            maxRows={24}
            spellCheck={false}
            placeholder={'target: price\nfamily: linear'}
            value={text}
            error={unreadable}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
          <pre className="train__yaml" tabIndex={0} aria-label="Recipe with defaults">
            {resolved?.yaml ?? 'Nothing yet: see what is missing below.'}
          </pre>
        )}
        {error ? <ErrorPanel error={error} what="Reading the recipe" /> : null}
        {resolved && !isOld && !unreadable ? (
          <>
            {resolved.problems.length ? (
              <ul className="train__list" aria-label="Problems">
                {resolved.problems.map(({ path, message }) => (
                  <li key={`${path} ${message}`} className="train__problem">
                    <AlertTriangle size={14} aria-hidden />
                    <span>
                      {path ? <code>{path}</code> : null} {message}
                    </span>
                  </li>
                ))}
              </ul>
            ) : null}
            {resolved.notes.length ? (
              <ul className="train__list" aria-label="Notes">
                {resolved.notes.map((note) => (
                  <li key={note}>
                    <Info size={14} aria-hidden />
                    <span>{note}</span>
                  </li>
                ))}
              </ul>
            ) : null}
            {resolved.hash ? (
              <p className="small dim row" style={{ gap: 4 }}>
                recipe <ShortId id={resolved.hash} label="recipe hash" />
              </p>
            ) : null}
          </>
        ) : null}
        {text.trim() ? null : (
          <p className="small dim">
            Two lines are enough: what to predict, and the kind of model. Everything else has a default that
            is shown here.
          </p>
        )}
      </div>
    </aside>
  );
}
