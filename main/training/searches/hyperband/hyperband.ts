import { bracketWaitsFor, proposeInBracket, reduction, type Bracket } from '../../sweeps/brackets.ts';
import { defineSearch } from '../../sweeps/search.ts';

/** A candidate begins with 1/27 of the whole work at the least. */
const deepest = 3;

/** From the race that starts cheapest to the one that gives all candidates the whole work (Li et al. 2018, algorithm 1). */
const brackets: readonly Bracket[] = Array.from({ length: deepest + 1 }, (_, i) => {
  const depth = deepest - i;
  const first = Math.ceil(((deepest + 1) / (depth + 1)) * reduction ** depth);
  return Array.from({ length: depth + 1 }).map((__, rung) => Math.floor(first / reduction ** rung));
});

export const hyperband = defineSearch({
  id: 'hyperband',
  title: 'Hyperband',
  doc: 'Runs several races of successive halving, from many candidates with little work to few with all of it, so that a candidate that starts slowly is not always lost (Li et al. 2018).',
  waitsFor: (number) => bracketWaitsFor(number, brackets),
  propose: (number, plan, results) => proposeInBracket(number, plan, results, brackets),
});
