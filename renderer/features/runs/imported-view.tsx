import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { statusSeals } from '../../ui/state/verdicts.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatDuration, formatInstant } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { MarksPanel } from './marks-panel.tsx';
import { words as many } from './many-words.ts';
import { words } from './words.ts';
import './runs.css';

type Imported = OutputOf<'runs.imported'>;
const text = many.imported;

/** A run that another tool recorded: what it logged, and no more. */
export function ImportedRunView({ params }: PageProps) {
  const id = params['imported'] ?? '';
  const run = useFacts('runs.imported', { run: id });
  return (
    <PageBody>
      <Answer of={run} what={text.reading}>
        {(found) => <ImportedRun run={found} />}
      </Answer>
    </PageBody>
  );
}

function ImportedRun({ run }: { run: Imported }) {
  const curves = run.metrics.filter(({ points }) => points.length > 1);
  return (
    <>
      <PageHead
        trail={[[words.title, '/runs']]}
        title={text.of(run.name || run.id)}
        seals={
          <>
            <Seal {...statusSeals[run.status]} />
            <Seal tone="plain" label={many.fromMlflow} title={many.readOnly} />
          </>
        }
        facts={[
          <ShortId key="id" id={run.id} length={12} label={words.run.id} />,
          run.experiment,
          <Moment key="at" at={run.created} />,
          run.duration === null ? null : words.run.took(formatDuration(run.duration)),
          run.user,
          text.readAt(formatInstant(run.read.at)),
        ]}
      />
      <p className="dim">{text.about}</p>
      <div className="run-columns" style={{ marginTop: 12 }}>
        <div className="stack">
          <section className="stack" style={{ gap: 8 }}>
            <h2>{text.metrics}</h2>
            {run.metrics.length ? (
              <DenseTable
                label={text.metrics}
                rows={run.metrics}
                keyOf={({ name }) => name}
                columns={[
                  { id: 'name', title: text.metric, value: ({ name }) => name, render: ({ name }) => name },
                  {
                    id: 'last',
                    title: text.last,
                    align: 'right',
                    value: ({ last }) => last,
                    render: ({ last }) => <Num value={last} />,
                  },
                  {
                    id: 'steps',
                    title: text.steps,
                    align: 'right',
                    render: ({ points }) => <Num value={Math.max(1, points.length)} />,
                  },
                ]}
              />
            ) : (
              <p className="dim">{text.noMetrics}</p>
            )}
          </section>
          <Pairs title={text.parameters} head={text.parameter} of={run.params} none={text.noParameters} />
          <Pairs title={text.tags} head={text.tag} of={run.tags} none="" />
          <MarksPanel run={run.id} />
        </div>
        <div className="figure-grid">
          {curves.map(({ name, points }) => {
            const drawn = points.flatMap(({ step, value }) => (value === null ? [] : [{ step, value }]));
            return (
              <FigureCard
                key={name}
                height={220}
                figure={{
                  id: 'learning-curve',
                  title: text.curve(name),
                  split: null,
                  x: { title: text.step, unit: null },
                  y: { title: name, unit: null },
                  series: [
                    {
                      name,
                      kind: 'line',
                      x: drawn.map(({ step }) => step),
                      y: drawn.map(({ value }) => value),
                    },
                  ],
                  reading: text.curveReading,
                }}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

interface PairsProps {
  readonly title: string;
  readonly head: string;
  readonly of: Readonly<Record<string, string>>;
  readonly none: string;
}

function Pairs({ title, head, of, none }: PairsProps) {
  const rows = Object.entries(of);
  if (!rows.length && !none) return null;
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{title}</h2>
      {rows.length ? (
        <DenseTable
          label={title}
          rows={rows}
          keyOf={([name]) => name}
          columns={[
            { id: 'name', title: head, render: ([name]) => <code>{name}</code> },
            { id: 'value', title: text.value, render: ([, value]) => <span title={value}>{value}</span> },
          ]}
        />
      ) : (
        <p className="dim">{none}</p>
      )}
    </section>
  );
}
