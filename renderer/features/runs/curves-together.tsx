import { useFacts } from '../../api/facts.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { words } from './curves-words.ts';

/** The most runs whose lines can be told apart. */
export const mostCurves = 7;

/** The curves of several runs, of each kind in one picture. */
export function CurvesTogether({ runs }: { runs: readonly string[] }) {
  const enough = runs.length > 1 && runs.length <= mostCurves;
  const curves = useFacts(
    'evaluation.curves',
    { runs: [...runs] },
    { when: enough, keep: true, retry: false },
  );
  if (!enough) return <p className="dim">{words.pick(mostCurves)}</p>;
  return (
    <Answer of={curves} what={words.reading}>
      {({ figures, notes }) => (
        <section className="stack" style={{ gap: 8 }} aria-label={words.title}>
          {figures.length ? null : <p className="dim">{words.none}</p>}
          {notes.map((note) => (
            <p key={note} className="small dim">
              {note}
            </p>
          ))}
          <div className="figure-grid">
            {figures.map((figure) => (
              <FigureCard key={figure.title} figure={figure} height={280} />
            ))}
          </div>
        </section>
      )}
    </Answer>
  );
}
