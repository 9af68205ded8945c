import { inTurn, trialRandom } from '../../sweeps/draw.ts';
import { defineSearch } from '../../sweeps/search.ts';

export const random = defineSearch({
  id: 'random',
  title: 'Random',
  doc: 'Draws every parameter at random from its range (Bergstra and Bengio 2012). Simple, hard to fool, and any number of trials can run side by side.',
  waitsFor: () => 0,
  propose: (number, plan) =>
    inTurn(number, plan, ({ dimensions }) => {
      const draw = trialRandom(plan.seed, number);
      return dimensions.map(() => draw.uniform());
    }),
});
