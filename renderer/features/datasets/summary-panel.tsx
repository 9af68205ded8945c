import type { CSSProperties } from 'react';
import type { ColumnSummary } from '../../../preload/contract/datasets.ts';
import { Facts } from '../../ui/facts.tsx';
import { CopyLink } from '../../ui/navigation/copy-link.tsx';
import { words as linkWords } from '../../ui/navigation/words.ts';
import { formatPercent } from '../../ui/text/format.ts';
import { columnTypes, TypeIcon } from './column-types.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { SummaryValue } from './summary-value.tsx';
import { locale, words } from './words.ts';

/** All that is known of one column. */
export function SummaryPanel({ summary }: { summary: ColumnSummary }) {
  const { numeric } = summary;
  const rows = summary.count + summary.missing;
  const value = (number: number | null | undefined) => <SummaryValue of={summary} value={number} />;
  const spread = summary.type === 'int64' || summary.type === 'float64';
  return (
    <aside className="panel" aria-label={words.summary.ofColumn(summary.name)}>
      <header>
        <TypeIcon type={summary.type} />
        <h2 className="truncate grow">{summary.name}</h2>
        <CopyLink at={`column-${summary.name}`} what={linkWords.thisColumn} />
      </header>
      <div className="body stack">
        {summary.histogram.length ? <MiniHistogram summary={summary} width={294} height={72} /> : null}
        <Facts
          of={[
            [words.summary.facts.type, columnTypes[summary.type].label],
            [words.summary.facts.values, summary.count.toLocaleString(locale)],
            [
              words.summary.facts.missing,
              summary.missing
                ? `${summary.missing.toLocaleString(locale)} (${formatPercent(summary.missing / Math.max(1, rows))})`
                : words.summary.none,
            ],
            [
              words.summary.facts.different,
              summary.distinctAtLeast
                ? words.summary.atLeast(summary.distinct.toLocaleString(locale))
                : summary.distinct.toLocaleString(locale),
            ],
            ...(numeric
              ? ([
                  [words.summary.facts.smallest, value(numeric.min)],
                  [words.summary.facts.q01, value(numeric.quantiles.q01)],
                  [words.summary.facts.q25, value(numeric.quantiles.q25)],
                  [words.summary.facts.q50, value(numeric.quantiles.q50)],
                  [words.summary.facts.q75, value(numeric.quantiles.q75)],
                  [words.summary.facts.q99, value(numeric.quantiles.q99)],
                  [words.summary.facts.largest, value(numeric.max)],
                  [words.summary.facts.mean, value(numeric.mean)],
                ] as const)
              : []),
            ...(numeric && spread
              ? ([
                  [words.summary.facts.deviation, value(numeric.standardDeviation)],
                  [words.summary.facts.zeros, numeric.zeros.toLocaleString(locale)],
                  [words.summary.facts.negatives, numeric.negatives.toLocaleString(locale)],
                ] as const)
              : []),
          ]}
        />
        {summary.top.length ? (
          <section>
            <h3>{words.summary.mostFrequent}</h3>
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
        <span>{value || <span className="faint">{words.summary.emptyText}</span>}</span>
      </dt>
      <dd style={{ margin: 0 }} className="right dim">
        {count.toLocaleString(locale)}
      </dd>
    </>
  );
}
