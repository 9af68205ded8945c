import { Button, CopyButton } from '@mantine/core';
import type { OutputOf } from '../../api/methods.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Facts } from '../../ui/facts.tsx';
import { formatDuration, formatInstant } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { locale } from '../../ui/text/words.ts';
import { KeptRecipe } from './kept-recipe.tsx';
import { MarksPanel } from './marks-panel.tsx';
import { words } from './words.ts';

/** All that is needed to make the model again. */
export function RecipeTab({ shown }: { shown: OutputOf<'training.show'> }) {
  const { run, split, yaml, environment } = shown;
  return (
    <div className="run-recipe">
      <section className="stack">
        <div className="row">
          <h2 className="grow">{words.recipe.title}</h2>
          <CopyButton value={yaml}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{copied ? words.recipe.copied : words.recipe.copy}</Button>
            )}
          </CopyButton>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard */}
        <pre className="yaml-text" tabIndex={0} aria-label={words.recipe.label}>
          {yaml}
        </pre>
        <KeptRecipe hash={run.recipe} />
      </section>
      <div className="stack">
        <aside className="panel">
          <header>
            <h2>{words.recipe.madeFrom}</h2>
          </header>
          <div className="body">
            <Facts
              of={[
                [
                  words.recipe.data,
                  <a key="data" href={`#${pathOf('data', `${run.dataset}@${run.version}`)}`}>
                    {words.recipe.version(run.dataset, run.version)}
                  </a>,
                ],
                [
                  words.recipe.snapshot,
                  <ShortId key="snapshot" id={run.snapshot} label={words.recipe.snapshotId} />,
                ],
                [
                  words.recipe.recipe,
                  <ShortId key="recipe" id={run.recipe} label={words.recipe.recipeHash} />,
                ],
                ...(split
                  ? ([
                      [
                        words.recipe.split,
                        <span key="split">
                          {words.recipe.splitRows(
                            split.train.toLocaleString(locale),
                            split.validation.toLocaleString(locale),
                            split.test.toLocaleString(locale),
                          )}
                          {split.folds === null ? null : words.recipe.folds(split.folds)}
                          {split.leftOut
                            ? words.recipe.leftOut(split.leftOut, split.leftOut.toLocaleString(locale))
                            : ''}
                        </span>,
                      ],
                      [
                        words.recipe.splitId,
                        <ShortId key="split-id" id={split.digest} label={words.recipe.splitId} />,
                      ],
                    ] as const)
                  : []),
                [words.recipe.seed, String(run.seed)],
                [
                  words.recipe.engine,
                  run.engine ? (
                    <span key="e" title={run.engine.detail}>{`${run.engine.id} ${run.engine.version}`}</span>
                  ) : (
                    words.recipe.none
                  ),
                ],
                [words.recipe.engineDetail, run.engine?.detail ?? words.recipe.none],
                [words.recipe.code, <code key="code">{run.code}</code>],
                [words.recipe.by, run.by],
                [words.recipe.started, formatInstant(run.created)],
                [
                  words.recipe.took,
                  run.duration === null ? words.recipe.unfinished : formatDuration(run.duration),
                ],
              ]}
            />
          </div>
        </aside>
        {environment ? (
          <section className="panel" aria-label={words.recipe.madeOn}>
            <header>
              <h2>{words.recipe.madeOn}</h2>
            </header>
            <div className="body">
              <Facts
                of={[
                  [words.recipe.processor, `${environment.processor}, ${environment.architecture}`],
                  [words.recipe.threads, words.recipe.threadsOf(environment.threads, environment.cores)],
                  [words.recipe.flags, environment.flags.join(' ') || words.recipe.none],
                  [words.recipe.memory, `${Math.round(environment.memory / 1e9)} GB`],
                  [words.recipe.system, environment.os],
                  [words.recipe.runtime, environment.runtime],
                ]}
              />
            </div>
          </section>
        ) : null}
        <MarksPanel run={run.id} />
      </div>
    </div>
  );
}
