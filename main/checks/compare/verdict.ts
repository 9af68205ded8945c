import type { ComparedColumn, CompareVerdict } from '../../../preload/contract/checks.ts';
import { holm } from '../../math/index.ts';
import type { Difference } from './columns.ts';

/** A difference is no accident below this Holm-corrected p: at most one table in a hundred that is alike raises an alarm. */
const alarm = 0.01;

/** Fewer rows than can show half a standard deviation in four of five cases are too few to call tables alike. */
const mustShow = 0.5;

/** The difference of means, in standard deviations, that so many rows show with 80 % power at 5 %. */
function detectable(rows: number, otherRows: number): number {
  return 2.8 * Math.sqrt(1 / rows + 1 / otherRows);
}

export function judge(
  found: readonly {
    readonly name: string;
    readonly type: ComparedColumn['type'];
    readonly difference: Difference;
  }[],
  rows: number,
  otherRows: number,
): ComparedColumn[] {
  const ps = found.map(({ difference: { test, missing } }) =>
    Math.min(1, 2 * Math.min(test?.p ?? 1, missing.p)),
  );
  const adjusted = holm(ps);
  const few = detectable(rows, otherRows) > mustShow;
  return found.map(({ name, type, difference }, i) => {
    const { matters, missing, ...values } = difference;
    const verdict = adjusted[i]! < alarm && matters ? 'shifted' : few ? 'too-few' : 'alike';
    return {
      name,
      type,
      verdict,
      sentence: sentenceOf(name, verdict, difference, detectable(rows, otherRows), adjusted[i]!),
      ...values,
      adjusted: adjusted[i]!,
      missing: { reference: missing.reference, other: missing.other },
    };
  });
}

const percent = (share: number): string =>
  `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 2 });

function sentenceOf(
  name: string,
  verdict: CompareVerdict,
  { effect, missing, test }: Difference,
  shows: number,
  adjusted: number,
): string {
  if (verdict === 'too-few') {
    return `${name}: no difference shows, but so few rows show only differences of ${number(shows)} standard deviations and more`;
  }
  if (verdict === 'alike') {
    return adjusted < 0.05
      ? `${name}: a difference that may be chance (corrected p ${number(adjusted)})`
      : `${name}: no difference that matters`;
  }
  const parts: string[] = [];
  if (test && test.p < alarm) {
    if (effect?.kind === 'd' && Math.abs(effect.value) >= 0.1) {
      parts.push(
        `its mean is ${number(Math.abs(effect.value))} standard deviations ${effect.value > 0 ? 'higher' : 'lower'}`,
      );
    } else if (effect?.kind === 'v')
      parts.push(`its values are distributed differently (Cramér's V ${number(effect.value)})`);
    else parts.push(`its values are distributed differently (at most ${percent(test.statistic)} apart)`);
  }
  if (Math.abs(missing.other - missing.reference) >= 0.02) {
    parts.push(`${percent(missing.other)} are missing, ${percent(missing.reference)} in the reference`);
  }
  return `${name}: ${parts.join('; ')}`;
}

export function verdictOf(
  columns: readonly ComparedColumn[],
  rows: number,
  otherRows: number,
): { readonly verdict: CompareVerdict; readonly sentence: string } {
  const shifted = columns.filter(({ verdict }) => verdict === 'shifted').map(({ name }) => name);
  if (shifted.length) {
    const names =
      shifted.length > 5
        ? `${shifted.slice(0, 5).join(', ')} and ${shifted.length - 5} more`
        : shifted.join(', ');
    return {
      verdict: 'shifted',
      sentence: `${shifted.length} of ${columns.length} columns differ: ${names}`,
    };
  }
  const shows = detectable(rows, otherRows);
  return shows > mustShow
    ? {
        verdict: 'too-few',
        sentence: `no difference shows, but ${otherRows.toLocaleString('en')} rows against ${rows.toLocaleString('en')} show only differences of ${number(shows)} standard deviations and more`,
      }
    : { verdict: 'alike', sentence: 'no column differs in a way that matters' };
}
