import type { Field } from '../../../../preload/contract/datasets.ts';
import type { TreatmentStep } from '../../../../preload/contract/privacy.ts';
import { generalise } from './generalise.ts';
import { mask } from './mask.ts';
import { noise } from './noise.ts';
import { pseudonym } from './pseudonym.ts';
import type { CellChange } from './treatment.ts';

/** Begins a step that changes values; `drop` has none. Throws `treatment-unfit`. */
export function beginTreatment(
  step: Exclude<TreatmentStep, { treat: 'drop' }>,
  field: Field,
  key: Uint8Array,
): CellChange {
  switch (step.treat) {
    case 'mask':
      return mask.begin(step, field, key);
    case 'pseudonym':
      return pseudonym.begin(step, field, key);
    case 'generalise':
      return generalise.begin(step, field, key);
    case 'noise':
    default:
      return noise.begin(step, field, key);
  }
}
