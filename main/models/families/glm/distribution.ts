import { logGamma } from '../../../math/index.ts';

export const distributions = ['gaussian', 'poisson', 'gamma', 'tweedie', 'binomial'] as const;
export const links = ['identity', 'log', 'inverse', 'logit'] as const;
export type Link = (typeof links)[number];

/** An exponential family with variance V(mu) (McCullagh and Nelder 1989, chapter 2). */
export interface Distribution {
  readonly id: (typeof distributions)[number];
  readonly variance: (mu: number) => number;
  /** Deviance of one row of weight 1. */
  readonly deviance: (y: number, mu: number) => number;
  /** Log-likelihood of one row of weight w at dispersion phi; undefined where it has no closed form. */
  readonly logLikelihood?: (y: number, mu: number, w: number, phi: number) => number;
  /** Whether the dispersion is 1 by definition. */
  readonly fixed: boolean;
  /** Whether expected values must be above 0. */
  readonly positive: boolean;
}

const gaussian: Distribution = {
  id: 'gaussian',
  variance: () => 1,
  deviance: (y, mu) => (y - mu) ** 2,
  logLikelihood: (y, mu, w, phi) => -((w * (y - mu) ** 2) / phi + Math.log((2 * Math.PI * phi) / w)) / 2,
  fixed: false,
  positive: false,
};

const poisson: Distribution = {
  id: 'poisson',
  variance: (mu) => mu,
  deviance: (y, mu) => (y === 0 ? 2 * mu : 2 * (y * Math.log(y / mu) - (y - mu))),
  logLikelihood: (y, mu, w, phi) =>
    (w / phi) * ((y === 0 ? 0 : y * Math.log(mu)) - mu - (y === 0 ? 0 : logGamma(y + 1))),
  fixed: true,
  positive: true,
};

const gamma: Distribution = {
  id: 'gamma',
  variance: (mu) => mu * mu,
  deviance: (y, mu) => 2 * ((y - mu) / mu - Math.log(y / mu)),
  logLikelihood: (y, mu, w, phi) => {
    const shape = w / phi;
    return shape * Math.log((shape * y) / mu) - (shape * y) / mu - Math.log(y) - logGamma(shape);
  },
  fixed: false,
  positive: true,
};

const binomial: Distribution = {
  id: 'binomial',
  variance: (mu) => mu * (1 - mu),
  deviance: (y, mu) => -2 * (y === 1 ? Math.log(mu) : Math.log1p(-mu)),
  logLikelihood: (y, mu, w, phi) => (w / phi) * (y === 1 ? Math.log(mu) : Math.log1p(-mu)),
  fixed: true,
  positive: true,
};

/** Compound Poisson-gamma (Jorgensen 1987); its density is a series and is not computed. */
function tweedie(power: number): Distribution {
  const one = 1 - power;
  const two = 2 - power;
  return {
    id: 'tweedie',
    variance: (mu) => mu ** power,
    deviance: (y, mu) => 2 * (y ** two / (one * two) - (y * mu ** one) / one + mu ** two / two),
    fixed: false,
    positive: true,
  };
}

/** `power` is the variance power of tweedie; at its ends it is Poisson or gamma. */
export function distributionOf(id: Distribution['id'], power: number): Distribution {
  if (id === 'gaussian') return gaussian;
  if (id === 'binomial') return binomial;
  if (id === 'poisson' || (id === 'tweedie' && power === 1)) return poisson;
  return id === 'gamma' || power === 2 ? gamma : tweedie(power);
}

export const linkOf: Readonly<
  Record<
    Link,
    {
      /** Linear predictor of an expected value, and back. */
      readonly forth: (mu: number) => number;
      readonly back: (eta: number) => number;
      /** d mu / d eta. */
      readonly slope: (mu: number) => number;
    }
  >
> = {
  identity: { forth: (mu) => mu, back: (eta) => eta, slope: () => 1 },
  log: { forth: Math.log, back: Math.exp, slope: (mu) => mu },
  inverse: { forth: (mu) => 1 / mu, back: (eta) => 1 / eta, slope: (mu) => -mu * mu },
  logit: {
    forth: (mu) => Math.log(mu / (1 - mu)),
    back: (eta) => 1 / (1 + Math.exp(-eta)),
    slope: (mu) => mu * (1 - mu),
  },
};
