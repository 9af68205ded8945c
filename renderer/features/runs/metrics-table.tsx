import type { Run } from '../../../preload/contract/training.ts';
import type { OutputOf } from '../../api/methods.ts';
import '../../ui/table/dense-table.css';
import { formatNumber } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { AboutMetric } from './about-metric.tsx';
import { words as folds } from './folds-words.ts';
import { words as holdout } from './holdout-words.ts';
import { metricWords } from './headline.ts';
import { words } from './words.ts';

interface Props {
  readonly run: Run;
  readonly evaluation: OutputOf<'evaluation.show'>;
}

const splits = ['train', 'validation', 'test'] as const;

/** Every metric on the three splits. */
export function MetricsTable({ run, evaluation }: Props) {
  const { metrics, about } = evaluation;
  const order = about.map(({ id }) => id);
  const names = [...new Set(splits.flatMap((split) => Object.keys(metrics[split])))].sort(
    (a, b) => rank(order, a) - rank(order, b),
  );
  return (
    <div className="metrics-table">
      <div className="dense-table">
        <table aria-label={words.metric.table}>
          <thead>
            <tr>
              <th scope="col">{words.metric.metric}</th>
              {splits.map((split) => (
                <th key={split} scope="col" className="right">
                  {split === 'validation' && metrics.folds ? folds.mean : words.metric.splits[split]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const info = about.find(({ id }) => id === name);
              return (
                <tr key={name}>
                  <td title={name}>
                    {info?.title ?? metricWords(name)}
                    {'\u00a0'}
                    <AboutMetric about={info} target={run.target} />
                  </td>
                  {splits.map((split) => (
                    <td key={split} className={split === 'test' ? 'right is-test' : 'right'}>
                      <Num
                        value={metrics[split][name]}
                        because={
                          split === 'test' && run.sealed
                            ? holdout.sealedAbout
                            : evaluation.splits[split].undefinedBecause[name]
                        }
                      />
                      {split === 'validation' && typeof metrics.deviation?.[name] === 'number' ? (
                        <span className="dim small" title={folds.spreadAbout}>
                          {' '}
                          {folds.spread(formatNumber(metrics.deviation[name]))}
                        </span>
                      ) : null}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function rank(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
