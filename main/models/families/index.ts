import { fail } from '../../../preload/contract/errors.ts';
import type { Family } from '../family.ts';
import { additive } from './additive/index.ts';
import { baseline } from './baseline/index.ts';
import { boosting } from './boosting/index.ts';
import { forest } from './forest/index.ts';
import { glm } from './glm/index.ts';
import { linear } from './linear/index.ts';
import { neighbours } from './neighbours/index.ts';
import { network } from './network/index.ts';
import { rules } from './rules/index.ts';
import { scorecard } from './scorecard/index.ts';
import { tree } from './tree/index.ts';

/** Every kind of model there is. A new one is a folder and a line here; conformance.test.ts picks it up. */
export const families: readonly Family[] = [
  baseline,
  linear,
  glm,
  scorecard,
  additive,
  tree,
  rules,
  forest,
  boosting,
  neighbours,
  network,
];

/** The family of that id; throws `family-unknown` naming those there are. */
export function familyById(id: string): Family {
  const family = families.find((one) => one.id === id);
  if (family === undefined)
    throw fail('family-unknown', { family: id, known: families.map((one) => one.id) });
  return family;
}
