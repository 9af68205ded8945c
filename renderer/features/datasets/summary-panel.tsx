import type { CSSProperties } from 'react';
import type { ColumnSummary } from '../../../preload/contract/datasets.ts';
import { Facts } from '../../ui/facts.tsx';
import { CopyLink } from '../../ui/navigation/copy-link.tsx';
import { words as linkWords } from '../../ui/navigation/words.ts';
import { formatPercent } from '../../ui/text/format.ts';
import { columnTypes, TypeIcon } from './column-types.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { SummaryValue } from './summary-value.tsx';

/** All that is known of one column. */
export function SummaryPanel({ summary }: { summary: ColumnSummary }) {
  const { numeric } = summary;
  const rows = summary.count + summary.missing;
  const value = (number: number | null | undefined) => <SummaryValue of={summary} value={number} />;
  const spread = summary.type === 'int64' || summary.type === 'float64';
  return (
    <aside className="panel" aria-label={`Column ${summary.name}`}>
      <header>
        <TypeIcon type={summary.type} />
        <h2 className="truncate grow">{summary.name}</h2>
        <CopyLink at={`column-${summary.name}`} what={linkWords.thisColumn} />
      </header>
      <div className="body stack">
        {summary.histogram.length ? <MiniHistogram summary={summary} width={294} height={72} /> : null}
        <Facts
          of={[
            ['type', columnTypes[summary.type].label],
            ['values', summary.count.toLocaleString()],
            [
              'missing',
              summary.missing
                ? `${summary.missing.toLocaleString()} (${formatPercent(summary.missing / Math.max(1, rows))})`
                : 'none',
            ],
            [
              'different',
              `${summary.distinctAtLeast ? 'at least ' : ''}${summary.distinct.toLocaleString()}`,
            ],
            ...(numeric
              ? ([
                  ['smallest', value(numeric.min)],
                  ['1 % are below', value(numeric.quantiles.q01)],
                  ['a quarter below', value(numeric.quantiles.q25)],
                  ['median', value(numeric.quantiles.q50)],
                  ['a quarter above', value(numeric.quantiles.q75)],
                  ['1 % are above', value(numeric.quantiles.q99)],
                  ['largest', value(numeric.max)],
                  ['mean', value(numeric.mean)],
                ] as const)
              : []),
            ...(numeric && spread
              ? ([
                  ['standard deviation', value(numeric.standardDeviation)],
                  ['zeros', numeric.zeros.toLocaleString()],
                  ['below zero', numeric.negatives.toLocaleString()],
                ] as const)
              : []),
          ]}
        />
        {summary.top.length ? (
          <section>
            <h3>Most frequent</h3>
            <dl className="top-values">
              {summary.top.slice(0, 10).map((one) => (
                <TopValue
                  key={one.value}
                  value={one.value}
                  count={one.count}
                  most={summary.top[0]?.count ?? 1}
                />
              ))}
            </dl>
          </section>
        ) : null}
      </div>
    </aside>
  );
}

function TopValue({ value, count, most }: { value: string; count: number; most: number }) {
  const share = { '--share': `${(count / most) * 100}%` } as CSSProperties;
  return (
    <>
      <dt className="top-values__bar truncate" style={share} title={value}>
        <span>{value || <span className="faint">empty text</span>}</span>
      </dt>
      <dd style={{ margin: 0 }} className="right dim">
        {count.toLocaleString()}
      </dd>
    </>
  );
}
