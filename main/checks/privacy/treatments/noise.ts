import { isNumeric } from '../../../../preload/contract/column-types.ts';
import { createHmac } from 'node:crypto';
import { fail } from '../../../../preload/contract/errors.ts';
import { numberOf, type Treatment } from './treatment.ts';

/**
 * Laplace noise on each value (Dwork et al. 2006, "Calibrating noise to sensitivity"): the value is cut to [low, high], and noise of
 * scale (high - low) / epsilon is added, which makes each row's value epsilon-differentially private on its own. The noise follows
 * from the user's key, the seed, the column and the row: made again it is the same, and who has only the seed cannot take it away.
 * Ordinary doubles: against somebody who sees all digits the guarantee is not exact (Mironov 2012), so `round` cuts them.
 */
export const noise: Treatment<'noise'> = {
  begin({ treat, column, epsilon, low, high, seed, round }, { type }, key) {
    if (!isNumeric(type))
      throw fail('treatment-unfit', { treat, column, type, reason: 'noise is for numbers' });
    if (!(high > low))
      throw fail('treatment-unfit', { treat, column, type, reason: 'high must be above low' });
    const scale = (high - low) / epsilon;
    return {
      type: type === 'int64' ? type : 'float64',
      change(cell, row) {
        const value = numberOf(cell, type);
        if (Number.isNaN(value)) return null;
        const bits = createHmac('sha256', key).update(`noise\0${seed}\0${column}\0${row}`).digest();
        const noisy = Math.min(high, Math.max(low, value)) + scale * laplace(uniform(bits));
        return type === 'int64' ? BigInt(Math.round(noisy)) : Math.round(noisy / round) * round;
      },
    };
  },
};

/** In (0, 1): 52 bits and a half, so that neither end is reached. */
function uniform(bits: Buffer): number {
  const whole = bits.readUIntBE(0, 6) * 16 + (bits[6]! >> 4);
  return (whole + 0.5) / 2 ** 52;
}

/** The quantile function of the Laplace distribution of scale 1. */
export function laplace(p: number): number {
  return p < 0.5 ? Math.log(2 * p) : -Math.log(2 * (1 - p));
}
