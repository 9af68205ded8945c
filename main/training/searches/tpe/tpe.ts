import type { Random } from '../../../platform/random.ts';
import { inTurn, trialRandom, varied } from '../../sweeps/draw.ts';
import { defineSearch, type Judged, type SearchPlan } from '../../sweeps/search.ts';
import { placeOf, valueAt, type Dimension, type FamilySpace } from '../../sweeps/space.ts';
import { createParzen, type Parzen, type Point } from './parzen.ts';

/** Trials that may be under way at a time: each is proposed without the results of the three before it. */
const ahead = 4;
/** Candidates of which the most promising is tried. */
const candidates = 24;

/** Random trials before learning begins, after the defaults: ten, or two of each family. */
function startup(plan: SearchPlan): number {
  return plan.spaces.length + Math.max(10, 2 * varied(plan).length);
}

export const tpe = defineSearch({
  id: 'tpe',
  title: 'TPE',
  doc: 'Learns from the trials so far which family and which values the better ones have in common, and tries more like them (tree-structured Parzen estimator, Bergstra et al. 2011). The best choice for up to a few hundred trials. At most four trials run side by side.',
  waitsFor: (number, plan) => (number < startup(plan) ? 0 : number - ahead + 1),
  propose(number, plan, results) {
    const random = trialRandom(plan.seed, number);
    if (number < startup(plan)) {
      return inTurn(number, plan, ({ dimensions }) => dimensions.map(() => random.uniform()));
    }
    const spaces = varied(plan);
    const known = results.slice(0, number - ahead + 1);
    const space = chooseFamily(spaces, known, random);
    if (!space) return null;
    const own = known.filter(({ family }) => family === space.family);
    const { good, bad } = divide(own);
    const [better, rest] = [good, bad].map((trials) => parzenOf(space.dimensions, trials));
    if (!better || !rest) return null;
    const point = mostPromising(better, rest, random);
    const params = space.dimensions.map((dimension, d) => {
      const place = point[d] ?? 0;
      return [
        dimension.param,
        dimension.kind === 'choice' ? dimension.values[place] : valueAt(dimension, place),
      ];
    });
    return { family: space.family, params: Object.fromEntries(params) as Record<string, unknown> };
  },
});

function chooseFamily(
  spaces: readonly FamilySpace[],
  known: readonly Judged[],
  random: Random,
): FamilySpace | undefined {
  if (spaces.length < 2) return spaces[0];
  const indexOf = ({ family }: Judged): number => spaces.findIndex((space) => space.family === family);
  const { good, bad } = divide(known.filter((trial) => indexOf(trial) >= 0));
  const [better, rest] = [good, bad].map((trials) =>
    createParzen(
      trials.map((trial) => [indexOf(trial)]),
      [spaces.length],
    ),
  );
  return better && rest ? spaces[mostPromising(better, rest, random)[0] ?? 0] : spaces[0];
}

/** The better tenth of the trials (at least two, at most 25) and the others; failures are worst of all. */
function divide(trials: readonly Judged[]): { good: readonly Judged[]; bad: readonly Judged[] } {
  const ordered = trials.toSorted((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity) || 0);
  const count = Math.min(25, Math.max(2, Math.ceil(trials.length / 10)));
  return { good: ordered.slice(0, count), bad: ordered.slice(count) };
}

function parzenOf(dimensions: readonly Dimension[], trials: readonly Judged[]): Parzen {
  const points = trials
    .map(({ params }) => dimensions.map((one) => placeOf(one, params[one.param])))
    // A default that is none of the values of a choice has no place.
    .filter((point) => point.every((place) => place >= 0));
  return createParzen(
    points,
    dimensions.map((one) => (one.kind === 'choice' ? one.values.length : 0)),
  );
}

/** Of points drawn like the better trials, the one that is least like the others: the greatest expected improvement. */
function mostPromising(better: Parzen, rest: Parzen, random: Random): Point {
  let best = better.draw(random);
  let highest = better.logDensity(best) - rest.logDensity(best);
  for (let i = 1; i < candidates; i++) {
    const point = better.draw(random);
    const promise = better.logDensity(point) - rest.logDensity(point);
    if (promise > highest) [best, highest] = [point, promise];
  }
  return best;
}
