import type { BiasMeasureId } from '../../../preload/contract/checks.ts';
import { countOf, totals, type Cells } from './cells.ts';

/** Why a measure has no value on these rows. */
export interface Undefined {
  readonly because: string;
}

/**
 * A measure of bias before training, defined as smclarify 0.5 computes it (names and signs are SageMaker Clarify's). `d` is the
 * protected group, `a` all other rows, `q` the share of positive labels.
 */
export interface BiasMeasure {
  readonly id: BiasMeasureId;
  readonly title: string;
  /** The name Clarify writes into its report. */
  readonly clarifyName: string;
  readonly doc: string;
  readonly formula: string;
  readonly range: string;
  /** Its value for the six rows of `example.ts`, worked out by hand. A test follows it. */
  readonly working: string;
  readonly of: (cells: Cells) => number | Undefined;
  readonly sentence: (value: number, cells: Cells, group: string) => string;
}

const percent = (share: number): string =>
  `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
const points = (difference: number): string =>
  `${(Math.abs(difference) * 100).toLocaleString('en', { maximumFractionDigits: 1 })} percentage points`;
const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

const noRows = { because: 'the group, or all the rest, has no rows' };

/** A distance between the two label distributions, over the labels that occur in both, as Clarify does. */
function distance(of: (pa: readonly number[], pd: readonly number[]) => number): BiasMeasure['of'] {
  return (cells) => {
    const { nd, ndPos, na, naPos } = totals(cells);
    const pairs = [
      [(na - naPos) / na, (nd - ndPos) / nd],
      [naPos / na, ndPos / nd],
    ].filter(([a = 0, d = 0]) => a > 0 && d > 0);
    if (pairs.length === 0) return { because: 'no label occurs both in the group and in the rest' };
    return of(
      pairs.map(([a = 0]) => a),
      pairs.map(([, d = 0]) => d),
    );
  };
}

const sumOver = (
  a: readonly number[],
  d: readonly number[],
  term: (a: number, d: number) => number,
): number => a.reduce((total, value, i) => total + term(value, d[i] ?? 0), 0);

const labelsDiffer = (value: number, bound: string): string =>
  value === 0
    ? 'labels are distributed alike in the group and in the rest'
    : `the labels of the group and of the rest differ by ${number(value)}; 0 would be alike, ${bound}`;

export const measures: readonly BiasMeasure[] = [
  {
    id: 'CI',
    title: 'Class imbalance',
    clarifyName: 'Class Imbalance (CI)',
    doc: 'Whether the group has fewer rows than all others together. A model learns less about those it sees seldom.',
    formula: '(na - nd) / (na + nd)',
    range: '-1 to 1; above 0 the group has fewer rows than the rest',
    working: '(4 - 2) / (4 + 2) = 0.3333',
    of(cells) {
      const { nd, na } = totals(cells);
      return nd === 0 || na === 0 ? noRows : (na - nd) / (na + nd);
    },
    sentence(value, cells, group) {
      const { nd, na } = totals(cells);
      const share = `${group}: ${nd.toLocaleString('en')} of ${(na + nd).toLocaleString('en')} rows (${percent(nd / (na + nd))})`;
      return value > 0
        ? `${share}, fewer than the rest`
        : `${share}, ${value === 0 ? 'as many as' : 'more than'} the rest`;
    },
  },
  {
    id: 'DPL',
    title: 'Difference in proportions of labels',
    clarifyName: 'Difference in Positive Proportions in Labels (DPL)',
    doc: 'Whether positive labels are rarer in the group than in the rest.',
    formula: 'qa - qd, with q = positive labels / rows',
    range: '-1 to 1; above 0 the group has fewer positive labels',
    working: '3 / 4 - 1 / 2 = 0.25',
    of(cells) {
      const { nd, ndPos, na, naPos } = totals(cells);
      return nd === 0 || na === 0 ? noRows : naPos / na - ndPos / nd;
    },
    sentence(value, cells, group) {
      const { nd, ndPos, na, naPos } = totals(cells);
      const shares = `${group}: ${percent(ndPos / nd)} have a positive label, the rest ${percent(naPos / na)}`;
      return value === 0 ? shares : `${shares}: ${points(value)} ${value > 0 ? 'less' : 'more'}`;
    },
  },
  {
    id: 'KL',
    title: 'Kullback-Leibler divergence',
    clarifyName: 'Kullback-Liebler Divergence (KL)',
    doc: "How much the rest's label distribution diverges from the group's, in nats.",
    formula: 'Σ Pa(y) · ln(Pa(y) / Pd(y))',
    range: '0 and up; 0 when alike',
    working: '0.25 · ln(0.25 / 0.5) + 0.75 · ln(0.75 / 0.5) = 0.1308',
    of: distance((pa, pd) => sumOver(pa, pd, (a, d) => a * Math.log(a / d))),
    sentence: (value) => labelsDiffer(value, 'and there is no upper bound'),
  },
  {
    id: 'JS',
    title: 'Jensen-Shannon divergence',
    clarifyName: 'Jensen-Shannon Divergence (JS)',
    doc: 'The mean divergence of both label distributions from the middle between them; unlike KL it is the same both ways.',
    formula: '½ · [KL(Pa, P) + KL(Pd, P)], with P = ½ · (Pa + Pd)',
    range: '0 to ln 2 = 0.693; 0 when alike',
    working:
      '0.5 · (0.25 · ln(0.25 / 0.375) + 0.75 · ln(0.75 / 0.625) + 0.5 · ln(0.5 / 0.375) + 0.5 · ln(0.5 / 0.625)) = 0.03382',
    of: distance(
      (pa, pd) =>
        0.5 *
        sumOver(pa, pd, (a, d) => a * Math.log(a / (0.5 * (a + d))) + d * Math.log(d / (0.5 * (a + d)))),
    ),
    sentence: (value) => labelsDiffer(value, '0.693 the most there can be'),
  },
  {
    id: 'LP',
    title: 'L2 norm',
    clarifyName: 'L-p Norm (LP)',
    doc: 'The straight-line distance between the two label distributions.',
    formula: '[Σ (Pa(y) - Pd(y))²]^½',
    range: '0 to √2 = 1.414; 0 when alike',
    working: '√((0.25 - 0.5)² + (0.75 - 0.5)²) = 0.3536',
    of: distance((pa, pd) => Math.sqrt(sumOver(pa, pd, (a, d) => (a - d) ** 2))),
    sentence: (value) => labelsDiffer(value, '1.414 the most there can be'),
  },
  {
    id: 'TVD',
    title: 'Total variation distance',
    clarifyName: 'Total Variation Distance (TVD)',
    doc: 'The share of labels that would have to change for the two distributions to be alike.',
    formula: '½ · Σ |Pa(y) - Pd(y)|',
    range: '0 to 1; 0 when alike',
    working: '0.5 · (0.25 + 0.25) = 0.25',
    of: distance((pa, pd) => 0.5 * sumOver(pa, pd, (a, d) => Math.abs(a - d))),
    sentence: (value) =>
      value === 0
        ? labelsDiffer(0, '')
        : `${percent(value)} of the labels would have to change for the group and the rest to be alike`,
  },
  {
    id: 'KS',
    title: 'Kolmogorov-Smirnov distance',
    clarifyName: 'Kolmogorov-Smirnov Distance (KS)',
    doc: 'The largest difference in the share of any one label.',
    formula: 'max |Pa(y) - Pd(y)|',
    range: '0 to 1; 0 when alike',
    working: 'max(0.25, 0.25) = 0.25',
    of: distance((pa, pd) => Math.max(...pa.map((a, i) => Math.abs(a - (pd[i] ?? 0))))),
    sentence: (value) =>
      value === 0
        ? labelsDiffer(0, '')
        : `the share of one label differs by ${points(value)}, and of none by more`,
  },
  {
    id: 'CDDL',
    title: 'Conditional demographic disparity in labels',
    clarifyName: 'Conditional Demographic Disparity in Labels (CDDL)',
    doc: 'Whether the group has a larger share of the negative labels than of the positive ones within each conditioning group, on the mean over those groups weighted by their rows. It tells a disparity that the conditioning column explains from one that it does not.',
    formula: 'Σ ni · DDi / n, with DDi = share of d among negative labels - share of d among positive labels',
    range: '-1 to 1; above 0 the group has more than its share of negative labels',
    working: '(3 · (0 - 1 / 3) + 3 · (1 / 2 - 0)) / 6 = 0.08333',
    of: conditionalDisparity,
    sentence: (value, _, group) =>
      value === 0
        ? `${group}: the same share of the negative labels as of the positive ones, within the conditioning groups`
        : `${group}: its share of the negative labels is ${points(value)} ${value > 0 ? 'larger' : 'smaller'} than of the positive ones, on the mean within the conditioning groups`,
  },
];

function conditionalDisparity(cells: Cells): number | Undefined {
  const { ndPos, nd, naPos, na } = totals(cells);
  if (ndPos + naPos === 0) return { because: 'there is no positive label' };
  if (ndPos + naPos === nd + na) return { because: 'there is no negative label' };
  let weighted = 0;
  for (let group = 0; group < cells.groups; group++) {
    const positives = countOf(cells, 1, 1, group) + countOf(cells, 0, 1, group);
    const negatives = countOf(cells, 1, 0, group) + countOf(cells, 0, 0, group);
    const ofPositives = positives === 0 ? 0 : countOf(cells, 1, 1, group) / positives;
    const ofNegatives = negatives === 0 ? 0 : countOf(cells, 1, 0, group) / negatives;
    weighted += (positives + negatives) * (ofNegatives - ofPositives);
  }
  return weighted / (nd + na);
}
