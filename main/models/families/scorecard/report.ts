import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readScorecard, scaleOf, type ScorecardModel, type ScoredCharacteristic } from './model.ts';

const mostNames = 12;

/** The card, what each column tells, and the scale of the scores. */
export function scorecardReport(artifact: ModelArtifact): readonly ReportTable[] {
  const model = readScorecard(artifact);
  return [cardTable(artifact, model), valueTable(model), scaleTable(artifact, model), trainingTable(model)];
}

function cardTable(artifact: ModelArtifact, { spec, card }: ScorecardModel): ReportTable {
  const all = sum(card[0]?.good ?? []) + sum(card[0]?.bad ?? []);
  const rows = card.flatMap((one) =>
    [...one.points.keys()].map((_, i) => {
      // Missing stands last.
      const bin = (i + 1) % one.points.length;
      const weight = one.good[bin]! + one.bad[bin]!;
      return [
        spec.columns[one.column]?.name ?? '',
        binName(spec.columns[one.column]!, one, bin),
        one.points[bin]!,
        one.rows[bin]!,
        all > 0 ? weight / all : 0,
        weight > 0 ? one.good[bin]! / weight : null,
        one.woe[bin]!,
      ];
    }),
  );
  return {
    title: 'Scorecard',
    columns: [
      'column',
      'when',
      'points',
      'training rows',
      'share of rows',
      `share of ${artifact.classes[spec.modelled[1]] ?? ''}`,
      'weight of evidence',
    ],
    rows: [
      ...(spec.base_points === 0 && card.length > 0
        ? []
        : [['(every row)', 'always', spec.base_points, spec.rows, 1, null, null]]),
      ...rows,
    ],
    notes: [
      `the score is the sum of the points, one line of each column; more points speak for "${artifact.classes[spec.modelled[1]]}"`,
      'weight of evidence: logarithm of the share of the good rows that are in the line, divided by that of the others',
    ],
  };
}

function valueTable({ spec, card }: ScorecardModel): ReportTable {
  const rows = [
    ...card.map((one, c): [string, number, string, number | null, string] => {
      const iv = sum(one.iv);
      return [
        spec.columns[one.column]?.name ?? '',
        iv,
        strength(iv),
        spec.card[c]?.coefficient ?? null,
        'on the card',
      ];
    }),
    ...spec.left_out.map(({ column, iv, why }): [string, number, string, number | null, string] => [
      column,
      iv,
      strength(iv),
      null,
      `left out: ${why}`,
    ]),
  ];
  return {
    title: 'Information value',
    columns: ['column', 'information value', 'strength', 'coefficient', 'use'],
    rows: rows.sort((a, b) => b[1] - a[1]),
    notes: [
      'strength by the usual bounds (Siddiqi 2006): below 0.02 none, 0.1 weak, 0.3 medium, 0.5 strong, above that suspicious: ask whether the column was known at the time',
      'measured on the training rows that the bins were chosen on, so it flatters columns of many values',
      ...(card.length > 0 && spec.card.every(({ coefficient }) => coefficient === null)
        ? []
        : [
            'coefficient: of the weight of evidence beside the other columns; 1 is all of what the column tells alone',
          ]),
    ],
  };
}

function strength(iv: number): string {
  if (iv < 0.02) return 'none';
  if (iv < 0.1) return 'weak';
  if (iv < 0.3) return 'medium';
  return iv < 0.5 ? 'strong' : 'suspicious';
}

function scaleTable(artifact: ModelArtifact, { spec, card }: ScorecardModel): ReportTable {
  const { factor, offset } = scaleOf(spec);
  const ends = [Math.min, Math.max].map(
    (end) => spec.base_points + card.reduce((total, { points }) => total + end(...points), 0),
  );
  const [low = 0, high = 0] = ends;
  const steps = high > low ? 10 : 0;
  return {
    title: 'Score and probability',
    columns: ['score', `odds of ${artifact.classes[spec.modelled[1]] ?? ''}`, 'probability'],
    rows: Array.from({ length: steps + 1 }, (_, i) => {
      const exact = low + ((high - low) * i) / Math.max(1, steps);
      const score = spec.round ? Math.round(exact) : exact;
      const odds = Math.exp((score - offset) / factor);
      return [score, odds, odds === Infinity ? 1 : odds / (1 + odds)];
    }),
    notes: [
      `${spec.base_score} points are odds of ${spec.base_odds} to 1; ${spec.pdo} more double them`,
      'from the lowest to the highest score that the card can give',
    ],
  };
}

function trainingTable({ spec }: ScorecardModel): ReportTable {
  return {
    title: 'Training',
    columns: ['what', 'value'],
    rows: [['training rows', spec.rows], ...spec.training],
    notes: spec.notes,
  };
}

function binName(
  column: ScorecardModel['spec']['columns'][number],
  { cuts, groups }: ScoredCharacteristic,
  bin: number,
): string {
  if (column.kind === 'levels') {
    const names = column.levels.filter((_, code) => groups[code + 1] === bin);
    if (bin === 0) return names.length > 0 ? 'missing or not seen in training' : 'missing';
    const shown = names.slice(0, mostNames).join(', ');
    return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
  }
  if (bin === 0) return 'missing';
  const [low, high] = [cuts[bin - 2], cuts[bin - 1]].map((cut) =>
    cut === undefined ? undefined : Number(cut.toPrecision(6)),
  );
  if (low === undefined && high === undefined) return 'any';
  if (low === undefined) return `up to ${high}`;
  return high === undefined ? `above ${low}` : `above ${low} up to ${high}`;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
