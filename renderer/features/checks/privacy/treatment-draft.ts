import type { InputOf } from '../../../api/methods.ts';

export const treatmentIds = [
  'none',
  'drop',
  'mask',
  'pseudonym',
  'prefix',
  'month',
  'year',
  'bands',
  'step',
] as const;
export type TreatmentId = (typeof treatmentIds)[number];

/** What is chosen for a column; `size` belongs to the treatments that need a number. */
export interface TreatmentDraft {
  readonly id: TreatmentId;
  readonly size: number;
}

/** The number that a treatment begins with; undefined where it needs none. */
export const sizes: Readonly<Partial<Record<TreatmentId, number>>> = { prefix: 3, bands: 10, step: 1000 };

type Step = InputOf<'privacy.treat'>['steps'][number];

export function stepOf(column: string, { id, size }: TreatmentDraft): Step[] {
  switch (id) {
    case 'none':
      return [];
    case 'drop':
    case 'mask':
    case 'pseudonym':
      return [{ treat: id, column }];
    case 'month':
    case 'year':
      return [{ treat: 'generalise', column, date: id }];
    case 'prefix':
      return [{ treat: 'generalise', column, prefix: size }];
    case 'bands':
      return [{ treat: 'generalise', column, bands: size }];
    case 'step':
    default:
      return [{ treat: 'generalise', column, step: size }];
  }
}
