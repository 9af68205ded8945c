import type { FamilySpace } from './space.ts';

/** What a search knows of a sweep. */
export interface SearchPlan {
  readonly spaces: readonly FamilySpace[];
  readonly seed: number;
  /** How many trials the sweep may make; null when something else ends it. */
  readonly runs: number | null;
}

/** What to try: a family, and the parameters that differ from its defaults. */
export interface Proposal {
  readonly family: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A trial that has ended. */
export interface Judged extends Proposal {
  /** Less is better; null when the trial failed. */
  readonly loss: number | null;
}

/**
 * A way to choose what to try next. One folder `searches/<id>/`, listed in searches/index.ts, held by its conformance test.
 *
 * A proposal is a pure function of the plan, the trial's number and the results of the trials before `waitsFor(number)`, whatever
 * order they ended in. So a sweep that was cut off at any moment goes on as if nothing had happened.
 */
export interface Search {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  /** Trial `number` (from 0) is proposed when trials 0 to this less one have ended. Never falls as `number` grows. */
  waitsFor(number: number, plan: SearchPlan): number;
  /** null: there is nothing left to try, from this number on. `results` holds at least `waitsFor(number)` trials, by number. */
  propose(number: number, plan: SearchPlan, results: readonly Judged[]): Proposal | null;
}

export function defineSearch(search: Search): Search {
  return search;
}
