import { normalCdf } from '../../../math/distributions.ts';
import type { Random } from '../../../platform/random.ts';

/** The places of one trial: of a number in [0, 1], of a choice its index; one per dimension. */
export type Point = readonly number[];

/** A density over the points of a space, learned from some of them, with a prior so that no place is impossible. */
export interface Parzen {
  draw(random: Random): Point;
  logDensity(point: Point): number;
}

/** One dimension: how many values a choice has; 0 is a number. */
type Values = number;

/**
 * A mixture of kernels, one at each point and a uniform prior, each over all dimensions at once, so that values that go well together
 * are tried together (Falkner et al. 2018, section 3). Of a number a normal cut off at 0 and 1, 0.2 n^(-1 / (d + 4)) wide (Scott's
 * rule); of a choice the value of the point, or with the share 1 / (n + 1) any.
 */
export function createParzen(points: readonly Point[], dimensions: readonly Values[]): Parzen {
  const n = points.length + 1;
  const width = 0.2 * n ** (-1 / (dimensions.length + 4));
  const any = 1 / n;

  const drawNear = (centre: number, values: Values, random: Random): number => {
    if (values > 0) return random.uniform() < any ? random.integer(values) : centre;
    // At least half of the normal is inside but for its far end, so this ends soon.
    for (;;) {
      const place = centre + width * random.normal();
      if (place >= 0 && place < 1) return place;
    }
  };
  const insides = points.map((point) =>
    dimensions.map((values, d) =>
      values > 0 ? 1 : normalCdf((1 - (point[d] ?? 0)) / width) - normalCdf(-(point[d] ?? 0) / width),
    ),
  );
  const logKernel = (place: number, centre: number, values: Values, inside: number): number => {
    if (values > 0) return Math.log(any / values + (place === centre ? 1 - any : 0));
    return -0.5 * ((place - centre) / width) ** 2 - Math.log(width * Math.sqrt(2 * Math.PI) * inside);
  };
  const prior = dimensions.reduce((sum, values) => sum - Math.log(Math.max(1, values)), 0);

  return {
    draw(random) {
      const centre = points[random.integer(n)];
      return dimensions.map((values, d) => {
        if (centre) return drawNear(centre[d] ?? 0, values, random);
        return values > 0 ? random.integer(values) : random.uniform();
      });
    },
    logDensity(point) {
      const logs = points.map((centre, i) =>
        dimensions.reduce(
          (sum, values, d) => sum + logKernel(point[d] ?? 0, centre[d] ?? 0, values, insides[i]?.[d] ?? 1),
          0,
        ),
      );
      const all = [...logs, prior];
      const most = Math.max(...all);
      return most + Math.log(all.reduce((sum, log) => sum + Math.exp(log - most), 0) / n);
    },
  };
}
