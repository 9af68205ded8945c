import type { Figure } from '../../../../preload/contract/figures.ts';
import type { Associations } from '../../../../preload/contract/relations.ts';
import { relationWords as words } from './relation-words.ts';

export type Coefficient = 'pearson' | 'spearman';
export type Measure = Coefficient | 'cramersV' | 'correlationRatio';

export interface Association {
  readonly measure: Measure;
  /** Null where it can't be said. */
  readonly value: number | null;
}

/** How two columns go together, by the measure for their kinds. */
export function associationOf(
  { columns, ...measures }: Associations,
  coefficient: Coefficient,
  i: number,
  j: number,
): Association {
  const [a, b] = [columns[i], columns[j]];
  const measure =
    a?.kind !== b?.kind ? 'correlationRatio' : a?.kind === 'category' ? 'cramersV' : coefficient;
  return { measure, value: measures[measure][i]?.[j] ?? null };
}

/** The table as a picture to take along. */
export function associationFigure(
  associations: Associations,
  coefficient: Coefficient,
  dataset: string,
): Figure {
  const names = associations.columns.map(({ name }) => name);
  return {
    id: 'heat-map',
    title: words.pictureTitle(dataset),
    split: null,
    x: { title: words.column, unit: null },
    y: { title: words.column, unit: null },
    series: [
      {
        name: words.association,
        kind: 'heat',
        x: names,
        y: names,
        z: names.map((_, i) =>
          names.map((__, j) => (i === j ? 1 : (associationOf(associations, coefficient, i, j).value ?? NaN))),
        ),
      },
    ],
    reading: words.about,
  };
}

/** Every two columns once, with the measure and its value as it is; empty where it can't be said. */
export function associationCsv(associations: Associations, coefficient: Coefficient): string {
  const { columns } = associations;
  const pairs = columns.flatMap((a, i) =>
    columns.slice(i + 1).map((b, k) => {
      const { measure, value } = associationOf(associations, coefficient, i, i + 1 + k);
      return [quoted(a.name), quoted(b.name), measure, value === null ? '' : String(value)].join(',');
    }),
  );
  return `${['column,with,measure,value', ...pairs].join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
