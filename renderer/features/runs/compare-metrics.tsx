import type { Run } from '../../../preload/contract/training.ts';
import type { OutputOf } from '../../api/methods.ts';
import { formatNumber } from '../../ui/text/format.ts';
import '../../ui/table/dense-table.css';
import { Num } from '../../ui/text/num.tsx';
import { scoredOn } from './headline.ts';
import { LooksBefore } from './looks-before.tsx';
import { words } from './words.ts';

type Evaluation = OutputOf<'evaluation.show'>;

interface Props {
  readonly a: Evaluation;
  readonly b: Evaluation;
  readonly runs: readonly [Run, Run];
}

/** Metrics on the rows that tell of both, the better side marked with a word too. */
export function CompareMetrics({ a, b, runs }: Props) {
  const on = runs.every((run) => scoredOn(run) === 'test') ? 'test' : 'validation';
  const heads = runs.map((run, side) => (
    <th key={run.id} scope="col" className="right">
      {side === 0 ? 'A' : 'B'} {on === 'test' ? <LooksBefore run={run} /> : null}
    </th>
  ));
  const title = on === 'test' ? words.comparing.metrics : words.comparing.validationMetrics;
  const about = [...a.about, ...b.about.filter((info) => !a.about.some(({ id }) => id === info.id))];
  const rows = about.flatMap((info) => {
    const left = a.metrics[on][info.id];
    const right = b.metrics[on][info.id];
    return left === undefined && right === undefined
      ? []
      : [{ info, left: left ?? null, right: right ?? null }];
  });
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{title}</h2>
      <div className="dense-table">
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{words.metric.metric}</th>
              {heads}
              <th scope="col" className="right">
                B − A
              </th>
              <th scope="col">{words.comparing.better}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ info, left, right }) => {
              const better = betterSide(info.direction, left, right);
              return (
                <tr key={info.id}>
                  <td title={info.doc}>{info.title}</td>
                  <td className={better === 'A' ? 'right is-better' : 'right'}>
                    <Num value={left} />
                  </td>
                  <td className={better === 'B' ? 'right is-better' : 'right'}>
                    <Num value={right} />
                  </td>
                  <td className="right dim">
                    {left === null || right === null ? '–' : signed(right - left)}
                  </td>
                  <td className="dim">
                    {better ?? '–'}{' '}
                    <span className="small faint">{words.comparing.direction[info.direction]}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function betterSide(direction: 'higher' | 'lower', a: number | null, b: number | null): 'A' | 'B' | null {
  if (a === null || b === null || a === b) return null;
  return a > b === (direction === 'higher') ? 'A' : 'B';
}

function signed(difference: number): string {
  return `${difference > 0 ? '+' : difference < 0 ? '−' : ''}${formatNumber(Math.abs(difference))}`;
}
