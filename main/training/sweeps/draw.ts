import { createRandom, type Random } from '../../platform/random.ts';
import { paramsAt, type FamilySpace } from './space.ts';
import type { Proposal, SearchPlan } from './search.ts';

/** Numbers for one trial of a sweep: they depend on the sweep's seed and the trial's number alone. */
export function trialRandom(seed: number, number: number): Random {
  return createRandom(mix(mix(seed) ^ (number + 0x9e3779b9)));
}

/** The finaliser of MurmurHash3 (Appleby 2011): neighbouring numbers become unrelated ones. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** Every family's own defaults come first: the leaderboard is of use from the start, and what follows has something to beat. */
export function defaultTrial(number: number, { spaces }: SearchPlan): Proposal | undefined {
  const space = spaces[number];
  return space && { family: space.family, params: {} };
}

/** Families that have something to vary. */
export function varied({ spaces }: SearchPlan): readonly FamilySpace[] {
  return spaces.filter(({ dimensions }) => dimensions.length > 0);
}

/** Takes the families in turn; `place` gives the point of the unit cube for the nth trial of a family. */
export function inTurn(
  number: number,
  plan: SearchPlan,
  place: (space: FamilySpace, nth: number, turn: number) => ArrayLike<number>,
): Proposal | null {
  const first = defaultTrial(number, plan);
  if (first) return first;
  const spaces = varied(plan);
  const turn = number - plan.spaces.length;
  const space = spaces[turn % spaces.length];
  if (!space) return null;
  const point = place(space, Math.floor(turn / spaces.length), turn % spaces.length);
  return { family: space.family, params: paramsAt(space, point) };
}
