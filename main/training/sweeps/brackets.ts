import { defaultTrial, trialRandom, varied } from './draw.ts';
import type { Judged, Proposal, SearchPlan } from './search.ts';
import { paramsAt } from './space.ts';

/** Of each rung one in so many goes on, with so many times the work. */
export const reduction = 3;

/** A race: how many candidates each rung has, the cheapest first. The last rung does the whole work. */
export type Bracket = readonly number[];

interface Place {
  readonly bracket: Bracket;
  readonly rung: number;
  /** Within the rung. */
  readonly index: number;
  /** Numbers of the first trial of this rung, of the rung before, and of the last rung of the bracket before. */
  readonly start: number;
  readonly before: number;
  readonly settled: number;
  /** How many fresh candidates came before this bracket. */
  readonly fresh: number;
}

/** Where a trial stands when brackets follow one another, the list starting again at its end. */
function placeOf(number: number, brackets: readonly Bracket[]): Place {
  let start = 0;
  let settled = 0;
  let fresh = 0;
  for (let b = 0; ; b++) {
    const bracket = brackets[b % brackets.length] ?? [1];
    let before = start;
    for (const [rung, size] of bracket.entries()) {
      if (number < start + size) {
        return { bracket, rung, index: number - start, start, before, settled, fresh };
      }
      before = start;
      start += size;
    }
    settled = before;
    fresh += bracket[0] ?? 0;
  }
}

/** A rung is made of the best of the one before, so it waits for all of that. */
export function bracketWaitsFor(number: number, brackets: readonly Bracket[]): number {
  const { rung, start, settled } = placeOf(number, brackets);
  return rung === 0 ? settled : start;
}

export function proposeInBracket(
  number: number,
  plan: SearchPlan,
  results: readonly Judged[],
  brackets: readonly Bracket[],
): Proposal | null {
  const { bracket, rung, index, start, before, fresh } = placeOf(number, brackets);
  const share = reduction ** (rung - bracket.length + 1);
  if (rung === 0) return withShare(freshCandidate(fresh + index, plan), share, plan);
  const survivors = results
    .slice(before, start)
    .filter(({ loss }) => loss !== null)
    // Stable: of equals, the one with the lower number goes on.
    .toSorted((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity));
  // Where too many failed, the free places go to new candidates.
  return withShare(survivors[index] ?? freshCandidate(number + 1_000_000, plan), share, plan);
}

/** The defaults of each family, then random points, the families in turn. */
function freshCandidate(nth: number, plan: SearchPlan): Proposal | null {
  const first = defaultTrial(nth, plan);
  if (first) return first;
  const spaces = varied(plan);
  const space = spaces[(nth - plan.spaces.length) % spaces.length];
  if (!space) return null;
  const draw = trialRandom(plan.seed, nth);
  return {
    family: space.family,
    params: paramsAt(
      space,
      space.dimensions.map(() => draw.uniform()),
    ),
  };
}

/** With a share of the whole work. A family that has no such parameter is cheap, and is judged whole at once. */
function withShare(candidate: Proposal | null, share: number, { spaces }: SearchPlan): Proposal | null {
  const resource = candidate && spaces.find(({ family }) => family === candidate.family)?.resource;
  if (!candidate || !resource) return candidate && { family: candidate.family, params: candidate.params };
  const { param, from, to } = resource;
  const amount = Math.max(Math.min(from, to), Math.round(to * share));
  return { family: candidate.family, params: { ...candidate.params, [param]: amount } };
}
