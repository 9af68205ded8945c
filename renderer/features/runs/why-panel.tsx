import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { metricWords } from './headline.ts';
import { words } from './why-words.ts';

type Why = OutputOf<'runs.why'>['why'];
type Change = Why['also'][number];

/** Which change came with which change of the metric, by the runs between two. */
export function WhyPanel({ a, b }: { a: string; b: string }) {
  const why = useFacts('runs.why', { a, b }, { retry: false });
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={words.title}>
      <h2>{words.title}</h2>
      <Answer of={why} what={words.reading}>
        {({ why: found }) => <Explained why={found} />}
      </Answer>
    </section>
  );
}

function Explained({ why }: { why: Why }) {
  const metric = metricWords(why.metric.slice(why.metric.indexOf('.') + 1));
  const [first, second] = [formatNumber(why.a.value), formatNumber(why.b.value)];
  return (
    <>
      <p>
        {why.outcome === 'same'
          ? words.same(metric, first)
          : words.better(why.outcome === 'better' ? 'B' : 'A', metric, first, second)}
        {why.sameRows ? '' : ` ${words.otherRows}`}
      </p>
      <ol className="why-steps" aria-label={words.walk}>
        {why.steps.map((step) => (
          <li key={step.to}>
            {words.step(
              step.changes.map(changeWords).join('; ') || words.nothing,
              metric,
              words.outcomes[step.outcome](formatNumber(step.before), formatNumber(step.after)),
            )}
            {step.withinNoise && step.outcome !== 'same' ? words.noise : ''}{' '}
            <a href={`#${pathOf('runs', step.to)}`} className="small mono">
              {step.to}
            </a>
          </li>
        ))}
      </ol>
      {why.steps.some(({ changes }) => changes.length > 1) ? <p className="dim">{words.together}</p> : null}
      {why.elsewhere.map(({ change, better, worse, same }) => (
        <p key={change.what} className="dim">
          {words.elsewhere(changeWords(change), better, worse, same)}
        </p>
      ))}
      {why.noise ? (
        <p className="dim">{words.seeds(metric, formatNumber(why.noise.limit), why.noise.runs)}</p>
      ) : null}
      {why.also.length ? <p className="dim">{words.also(why.also.map(changeWords).join('; '))}</p> : null}
    </>
  );
}

function changeWords({ what, before, after }: Change): string {
  if (before === null) return words.added(what, after ?? '');
  return after === null ? words.removed(what, before) : words.changed(what, before, after);
}
