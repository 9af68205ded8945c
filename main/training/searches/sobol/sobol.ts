import { inTurn, trialRandom } from '../../sweeps/draw.ts';
import { defineSearch } from '../../sweeps/search.ts';
import { sobolDimensions, sobolPoint } from '../../sweeps/sobol-sequence.ts';

export const sobol = defineSearch({
  id: 'sobol',
  title: 'Sobol',
  doc: 'Spreads the trials evenly over all ranges (a Sobol sequence, moved by the seed), without the gaps and clusters of random draws. Any number of trials can run side by side.',
  waitsFor: () => 0,
  propose: (number, plan) =>
    inTurn(number, plan, ({ dimensions }, nth, turn) => {
      const draw = trialRandom(plan.seed, turn);
      const count = Math.min(dimensions.length, sobolDimensions);
      const shift = dimensions.map(() => draw.integer(2 ** 30));
      const point = sobolPoint(nth, count, shift);
      // Beyond the table of direction numbers, which no family of ours reaches, places are random.
      const rest = trialRandom(plan.seed, number);
      return dimensions.map((_, d) => point[d] ?? rest.uniform());
    }),
});
