import type { Step } from '../step.ts';
import { bin } from './bin/bin.ts';
import { calendar } from './calendar/calendar.ts';
import { codes } from './codes/codes.ts';
import { derive } from './derive/derive.ts';
import { drop } from './drop/drop.ts';
import { frequencyEncode } from './frequency-encode/frequency-encode.ts';
import { hashText } from './hash-text/hash-text.ts';
import { impute } from './impute/impute.ts';
import { interactions } from './interactions/interactions.ts';
import { oneHot } from './one-hot/one-hot.ts';
import { ordinal } from './ordinal/ordinal.ts';
import { pca } from './pca/pca.ts';
import { polynomial } from './polynomial/polynomial.ts';
import { power } from './power/power.ts';
import { rare } from './rare/rare.ts';
import { scale } from './scale/scale.ts';
import { select } from './select/select.ts';
import { targetEncode } from './target-encode/target-encode.ts';
import { tfIdf } from './tf-idf/tf-idf.ts';

/** Every kind of step, in the order people are shown them. */
export const steps: readonly Step[] = [
  derive,
  impute,
  scale,
  power,
  bin,
  calendar,
  oneHot,
  codes,
  ordinal,
  rare,
  targetEncode,
  frequencyEncode,
  hashText,
  tfIdf,
  interactions,
  polynomial,
  pca,
  select,
  drop,
];

export function findStep(id: string): Step | undefined {
  return steps.find((step) => step.id === id);
}
