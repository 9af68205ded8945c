import type { Figure } from '../../../preload/contract/figures.ts';
import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatDuration } from '../../ui/text/format.ts';
import { CompareMetrics } from './compare-metrics.tsx';
import { CurvesTogether } from './curves-together.tsx';
import { words as curves } from './curves-words.ts';
import { differences } from './compare-recipes.ts';
import { PairedComparison } from './paired-comparison.tsx';
import { WhyPanel } from './why-panel.tsx';
import { words } from './words.ts';
import './runs.css';

type Shown = OutputOf<'training.show'>;
type Run = Shown['run'];

/** Figures that are drawn over each other, and so not side by side. */
const drawnTogether = new Set<string>(['learning-curve', 'roc', 'precision-recall', 'calibration']);

/** Two runs side by side: what differs first, then how good each is, then the pictures. */
export function CompareView({ params }: PageProps) {
  const a = useFacts('training.show', { run: params['a'] ?? '' });
  const b = useFacts('training.show', { run: params['b'] ?? '' });
  return (
    <PageBody>
      <Answer of={a} what={words.comparing.first}>
        {(first) => (
          <Answer of={b} what={words.comparing.second}>
            {(second) => <Compared a={first} b={second} />}
          </Answer>
        )}
      </Answer>
    </PageBody>
  );
}

function Compared({ a, b }: { a: Shown; b: Shown }) {
  const done = a.run.status === 'done' && b.run.status === 'done';
  const left = useFacts('evaluation.show', { run: a.run.id }, { when: done });
  const right = useFacts('evaluation.show', { run: b.run.id }, { when: done });
  const together =
    a.run.dataset === b.run.dataset && a.run.target === b.run.target && a.run.task === b.run.task;
  const found = differences(comparable(a), comparable(b));
  const title = (shown: Shown) => (
    <a href={`#${pathOf('runs', shown.run.id)}`} className="mono">
      {shown.run.id}
    </a>
  );
  return (
    <>
      <PageHead
        trail={[[words.title, '/runs']]}
        title={words.comparing.and(...toldApart(a.run, b.run))}
        facts={[<span key="a">A: {title(a)}</span>, <span key="b">B: {title(b)}</span>]}
      />
      <div className="stack compare" style={{ gap: 24 }}>
        <section className="stack differences" style={{ gap: 8 }}>
          <h2>{found.length ? words.comparing.differs : words.comparing.nothing}</h2>
          {found.length ? (
            <DenseTable
              label={words.comparing.differs}
              rows={found}
              keyOf={(row) => row.what}
              columns={[
                {
                  id: 'what',
                  title: words.comparing.what,
                  width: '24%',
                  render: (row) => <code>{row.what}</code>,
                },
                {
                  id: 'a',
                  title: `A: ${a.run.family}`,
                  width: '38%',
                  render: (row) => <span title={row.a}>{row.a}</span>,
                },
                {
                  id: 'b',
                  title: `B: ${b.run.family}`,
                  width: '38%',
                  render: (row) => <span title={row.b}>{row.b}</span>,
                },
              ]}
            />
          ) : null}
        </section>
        {done && a.run.task === b.run.task && a.run.target === b.run.target ? (
          <WhyPanel a={a.run.id} b={b.run.id} />
        ) : null}
        {a.run.dataset === b.run.dataset && a.run.snapshot !== b.run.snapshot ? (
          <p>
            <a href={`#${pathOf('data', a.run.dataset, 'history')}`}>
              {words.comparing.dataDiffers(a.run.dataset, a.run.version, b.run.version)}
            </a>
          </p>
        ) : null}
        {left.data && right.data ? (
          <>
            {a.run.task === b.run.task && a.run.target === b.run.target ? (
              <CompareMetrics a={left.data} b={right.data} runs={[a.run, b.run]} />
            ) : (
              <p className="dim">{words.comparing.otherTargets(a.run.target, b.run.target)}</p>
            )}
            <PairedComparison a={a.run} b={b.run} />
            {together ? (
              <section className="stack" style={{ gap: 8 }}>
                <h2>{curves.title}</h2>
                <CurvesTogether runs={[a.run.id, b.run.id]} />
              </section>
            ) : null}
            <FiguresBeside
              a={left.data.figures}
              b={right.data.figures}
              without={together ? drawnTogether : new Set()}
            />
          </>
        ) : null}
      </div>
    </>
  );
}

/** The figures both runs have, in twos. */
function FiguresBeside({
  a,
  b,
  without,
}: {
  a: readonly Figure[];
  b: readonly Figure[];
  without: ReadonlySet<string>;
}) {
  const pairs = a.flatMap((figure) => {
    const other = b.find((one) => one.id === figure.id && one.split === figure.split);
    return other && !without.has(figure.id) ? [{ figure, other }] : [];
  });
  if (pairs.length === 0) return null;
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{words.comparing.figures}</h2>
      <div className="figure-grid">
        {pairs.flatMap(({ figure, other }) => [
          <FigureCard
            key={`a ${figure.id}`}
            figure={{ ...figure, title: `A: ${figure.title}` }}
            height={240}
          />,
          <FigureCard
            key={`b ${figure.id}`}
            figure={{ ...other, title: `B: ${other.title}` }}
            height={240}
          />,
        ])}
      </div>
    </section>
  );
}

/** What two runs are called beside each other: by family, by target where that is the same, or as runs in full. */
function toldApart(a: Run, b: Run): [string, string] {
  if (a.family !== b.family) return [a.family, b.family];
  if (a.target !== b.target)
    return [words.run.titleOf(a.target, a.family), words.run.titleOf(b.target, b.family)];
  return [`A: ${a.family}`, `B: ${b.family}`];
}

/** What a run was made from, as plain data. */
function comparable({ run, recipe, split }: Shown): Record<string, unknown> {
  return {
    data: `${run.dataset}@${run.version}`,
    snapshot: run.snapshot.slice(0, 12),
    ...recipe,
    rows: split ? `${split.train} / ${split.validation} / ${split.test}` : undefined,
    engine: run.engine ? `${run.engine.id} ${run.engine.version}` : undefined,
    code: run.code,
    took: run.duration === null ? undefined : formatDuration(run.duration),
  };
}
