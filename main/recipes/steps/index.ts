import type { Step } from '../step.ts';
import { codes } from './codes/codes.ts';
import { drop } from './drop/drop.ts';
import { impute } from './impute/impute.ts';
import { oneHot } from './one-hot/one-hot.ts';
import { scale } from './scale/scale.ts';

/** Every kind of step, in the order people are shown them. */
export const steps: readonly Step[] = [impute, scale, oneHot, codes, drop];

export function findStep(id: string): Step | undefined {
  return steps.find((step) => step.id === id);
}
