import { isNumeric } from '../../../../preload/contract/column-types.ts';
import type { CSSProperties, ReactNode } from 'react';
import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { Facts } from '../../../ui/facts.tsx';
import { CopyLink } from '../../../ui/navigation/copy-link.tsx';
import { words as linkWords } from '../../../ui/navigation/words.ts';
import { formatPercent } from '../../../ui/text/format.ts';
import { Num } from '../../../ui/text/num.tsx';
import { typeWords, TypeIcon } from '../column-types.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { NotKnown } from './not-known.tsx';
import { ProfileValue } from './profile-value.tsx';
import { locale, words } from '../words.ts';

/** All that is known of one column. */
export function ProfilePanel({ profile, dataset }: { profile: ColumnProfile; dataset: string }) {
  const { numeric } = profile;
  const traits = traitsOf(profile);
  return (
    <aside className="panel" aria-label={words.profile.ofColumn(profile.name)}>
      <header>
        <TypeIcon type={profile.type} />
        <h2 className="truncate grow">{profile.name}</h2>
        <CopyLink at={`column-${profile.name}`} what={linkWords.thisColumn} />
      </header>
      <div className="body stack">
        {profile.histogram.length ? <MiniHistogram profile={profile} width={294} height={72} /> : null}
        {traits.length ? <p className="small">{traits.join(' · ')}</p> : null}
        <NotKnown key={profile.name} dataset={dataset} column={profile.name} />
        <Facts of={[...factsOf(profile), ...(numeric ? numericFacts(profile, numeric) : [])]} />
        {profile.top.length ? (
          <section>
            <h3>{words.profile.mostFrequent}</h3>
            <dl className="top-values">
              {profile.top.slice(0, 10).map((one) => (
                <TopValue
                  key={one.value}
                  value={one.value}
                  count={one.count}
                  most={profile.top[0]?.count ?? 1}
                />
              ))}
            </dl>
          </section>
        ) : null}
      </div>
    </aside>
  );
}

const whole = (count: number) => count.toLocaleString(locale);

/** A count of rows, and its share of those that have a value. */
function shareOf({ rows, missing }: ColumnProfile, count: number): string {
  return count === 0 ? words.profile.none : `${whole(count)} (${formatPercent(count / (rows - missing))})`;
}

type Fact = readonly [string, ReactNode];

function factsOf(profile: ColumnProfile): Fact[] {
  const { facts } = words.profile;
  const { rows, missing, lengths, notFinite } = profile;
  return [
    [facts.type, typeWords(profile.type).label],
    [facts.values, whole(rows - missing)],
    [
      facts.missing,
      missing === 0 ? words.profile.none : `${whole(missing)} (${formatPercent(missing / rows)})`,
    ],
    [facts.different, whole(profile.distinct)],
    ...(notFinite > 0 ? [[facts.notFinite, whole(notFinite)] as const] : []),
    ...(lengths
      ? [
          [facts.lengths, words.profile.range(whole(lengths.min), whole(lengths.max))] as const,
          [facts.meanLength, <Num key="mean" value={lengths.mean} />] as const,
          [facts.empty, shareOf(profile, lengths.empty)] as const,
        ]
      : []),
  ];
}

function numericFacts(profile: ColumnProfile, numeric: NonNullable<ColumnProfile['numeric']>): Fact[] {
  const { facts } = words.profile;
  const { quantiles, outliers } = numeric;
  const value = (number: number | null, exact?: string) => (
    <ProfileValue of={profile} value={number} exact={exact} />
  );
  const spread = isNumeric(profile.type);
  return [
    [facts.smallest, value(numeric.min, numeric.exact?.min)],
    [facts.q01, value(quantiles.q01)],
    [facts.q05, value(quantiles.q05)],
    [facts.q25, value(quantiles.q25)],
    [facts.q50, value(quantiles.q50)],
    [facts.q75, value(quantiles.q75)],
    [facts.q95, value(quantiles.q95)],
    [facts.q99, value(quantiles.q99)],
    [facts.largest, value(numeric.max, numeric.exact?.max)],
    [facts.mean, value(numeric.mean)],
    ...(spread
      ? [
          [facts.deviation, value(numeric.standardDeviation)] as const,
          [facts.zeros, shareOf(profile, numeric.zeros)] as const,
          [facts.negatives, shareOf(profile, numeric.negatives)] as const,
        ]
      : []),
    [facts.outliersBelow, shareOf(profile, outliers.below)],
    [facts.outliersAbove, shareOf(profile, outliers.above)],
  ];
}

/** What the column seems to be, in a few words each. */
export function traitsOf({ constant, likelyId, likelyDate, monotone, numeric }: ColumnProfile): string[] {
  const { traits } = words.profile;
  return [
    ...(constant ? [traits.constant] : []),
    ...(likelyId ? [traits.likelyId] : []),
    ...(likelyDate === null ? [] : [traits.likelyDate(likelyDate)]),
    ...(monotone === null ? [] : [traits.monotone[monotone]]),
    ...(numeric?.exact ? [traits.rounded] : []),
  ];
}

function TopValue({ value, count, most }: { value: string; count: number; most: number }) {
  const share = { '--share': `${(count / most) * 100}%` } as CSSProperties;
  return (
    <>
      <dt className="top-values__bar truncate" style={share} title={value}>
        <span>{value || <span className="faint">{words.profile.emptyText}</span>}</span>
      </dt>
      <dd style={{ margin: 0 }} className="right dim">
        {count.toLocaleString(locale)}
      </dd>
    </>
  );
}
