import { trialRandom } from '../../sweeps/draw.ts';
import { defineSearch, type SearchPlan } from '../../sweeps/search.ts';
import { valueAt, type Dimension, type FamilySpace } from '../../sweeps/space.ts';

/** Values of a number that a grid tries: both ends and the middle of its scale. */
const steps = 3;

export const grid = defineSearch({
  id: 'grid',
  title: 'Grid',
  doc: `Tries every combination: all values of a choice, ${steps} of a number (both ends and the middle of its range). The combinations come in a shuffled order, so that a budget that ends early has looked everywhere. Right for one or two parameters.`,
  waitsFor: () => 0,
  propose(number, plan) {
    const at = order(plan)[number];
    return at ? { family: at.space.family, params: combination(at.space, at.index) } : null;
  },
});

/** How many combinations there are. */
function size({ dimensions }: FamilySpace): number {
  return dimensions.reduce((product, one) => product * levels(one).length, 1);
}

function levels(dimension: Dimension): unknown[] {
  if (dimension.kind === 'choice') return [...dimension.values];
  const values = Array.from({ length: steps }, (_, i) => {
    if (i === 0) return dimension.from;
    return i === steps - 1 ? dimension.to : valueAt(dimension, i / (steps - 1));
  });
  return [...new Set(values)];
}

/** Mixed radix, the first parameter turning fastest. */
function combination({ dimensions }: FamilySpace, index: number): Record<string, unknown> {
  let rest = index;
  return Object.fromEntries(
    dimensions.map((one) => {
      const values = levels(one);
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [one.param, value];
    }),
  );
}

interface Cell {
  readonly space: FamilySpace;
  readonly index: number;
}

/** At most so many combinations are put in order; a budget does not reach further. */
const most = 100_000;

const orders = new WeakMap<SearchPlan, readonly Cell[]>();

/** The families in turn, each with its combinations shuffled. */
function order(plan: SearchPlan): readonly Cell[] {
  const known = orders.get(plan);
  if (known) return known;
  const shuffled = plan.spaces.map((space, s) => {
    const indices = Uint32Array.from({ length: Math.min(most, size(space)) }, (_, i) => i);
    return { space, indices: trialRandom(plan.seed, s).shuffle(indices) };
  });
  const longest = Math.max(0, ...shuffled.map(({ indices }) => indices.length));
  const cells: Cell[] = [];
  for (let i = 0; i < longest; i++) {
    for (const { space, indices } of shuffled) {
      const index = indices[i];
      if (index !== undefined) cells.push({ space, index });
    }
  }
  orders.set(plan, cells);
  return cells;
}
