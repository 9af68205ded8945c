import type { NetworkParams } from './params.ts';

/**
 * The learning rate of each update t = 1, 2, ...; `perEpoch` updates an epoch. First it rises in equal steps over `warmup_epochs`. Then:
 *
 * - constant: `learning_rate`
 * - step: times `decay_rate` after every `decay_epochs`
 * - exponential: times decay_rate ^ (epochs so far / decay_epochs), a little with every update
 * - cosine: half of (1 + cos(pi x)) of it, x from 0 to 1 over all `epochs` (Loshchilov and Hutter 2017, without restarts)
 */
export function learningRates(params: NetworkParams, perEpoch: number): (t: number) => number {
  const { learning_rate: rate, schedule, decay_rate: factor, decay_epochs: every } = params;
  const warm = Math.round(params.warmup_epochs * perEpoch);
  const total = params.epochs * perEpoch;
  const after = (updates: number): number => {
    const epochs = updates / perEpoch;
    if (schedule === 'step') return factor ** Math.floor(epochs / every);
    if (schedule === 'exponential') return factor ** (epochs / every);
    if (schedule === 'cosine') return (1 + Math.cos((Math.PI * updates) / Math.max(1, total - warm))) / 2;
    return 1;
  };
  return (t) => (t <= warm ? (rate * t) / warm : rate * after(t - 1 - warm));
}
