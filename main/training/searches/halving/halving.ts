import { bracketWaitsFor, proposeInBracket, reduction, type Bracket } from '../../sweeps/brackets.ts';
import { defineSearch, type SearchPlan } from '../../sweeps/search.ts';

const rungs = 4;

function sizes(first: number): number[] {
  return Array.from({ length: rungs }, (_, r) => Math.floor(first / reduction ** r)).filter(
    (size) => size > 0,
  );
}

/** The widest race that fits the number of runs; of 27 candidates when nothing limits it. */
function bracketFor({ runs }: SearchPlan): Bracket {
  if (runs === null) return sizes(27);
  let first = 1;
  while (sizes(first + 1).reduce((sum, size) => sum + size, 0) <= runs) first++;
  return sizes(first);
}

export const halving = defineSearch({
  id: 'halving',
  title: 'Successive halving',
  doc: `Starts many candidates with little work each (few trees, few epochs) and lets the best one in ${reduction} go on with ${reduction} times as much (Jamieson and Talwalkar 2016). For boosting, forests, additive models and networks; families without such a parameter are judged whole at once.`,
  waitsFor: (number, plan) => bracketWaitsFor(number, [bracketFor(plan)]),
  propose: (number, plan, results) => proposeInBracket(number, plan, results, [bracketFor(plan)]),
});
