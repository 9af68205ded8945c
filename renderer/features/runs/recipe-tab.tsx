import { Button, CopyButton } from '@mantine/core';
import type { OutputOf } from '../../api/methods.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Facts } from '../../ui/facts.tsx';
import { formatDuration, formatInstant, plural } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';

/** All that is needed to make the model again. */
export function RecipeTab({ shown }: { shown: OutputOf<'training.show'> }) {
  const { run, split, yaml } = shown;
  return (
    <div className="run-recipe">
      <section className="stack">
        <div className="row">
          <h2 className="grow">Recipe, every default filled in</h2>
          <CopyButton value={yaml}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
          </CopyButton>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard */}
        <pre className="yaml-text" tabIndex={0} aria-label="Recipe">
          {yaml}
        </pre>
      </section>
      <aside className="panel">
        <header>
          <h2>Made from</h2>
        </header>
        <div className="body">
          <Facts
            of={[
              [
                'data',
                <a key="data" href={`#${pathOf('data', `${run.dataset}@${run.version}`)}`}>
                  {run.dataset} version {run.version}
                </a>,
              ],
              ['snapshot', <ShortId key="snapshot" id={run.snapshot} label="snapshot id" />],
              ['recipe', <ShortId key="recipe" id={run.recipe} label="recipe hash" />],
              ...(split
                ? ([
                    [
                      'split',
                      <span key="split">
                        {split.train.toLocaleString()} / {split.validation.toLocaleString()} /{' '}
                        {split.test.toLocaleString()} rows
                        {split.leftOut ? `, ${plural(split.leftOut, 'row')} without target left out` : ''}
                      </span>,
                    ],
                    ['split id', <ShortId key="split-id" id={split.digest} label="split id" />],
                  ] as const)
                : []),
              ['seed', String(run.seed)],
              [
                'engine',
                run.engine ? (
                  <span key="e" title={run.engine.detail}>{`${run.engine.id} ${run.engine.version}`}</span>
                ) : (
                  'none'
                ),
              ],
              ['engine detail', run.engine?.detail ?? 'none'],
              ['code', <code key="code">{run.code}</code>],
              ['by', run.by],
              ['started', formatInstant(run.created)],
              ['took', run.duration === null ? 'not finished' : formatDuration(run.duration)],
            ]}
          />
        </div>
      </aside>
    </div>
  );
}
