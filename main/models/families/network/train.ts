import { fail } from '../../../../preload/contract/errors.ts';
import type { Random } from '../../../platform/random.ts';
import type { NetworkTrainer, NetworkWeights } from '../../../platform/tensors/index.ts';
import type { FitContext, HistoryPoint } from '../../family.ts';
import type { NetworkParams } from './params.ts';

export interface Trained {
  readonly weights: NetworkWeights;
  readonly history: readonly HistoryPoint[];
  readonly epochs: number;
  readonly best: number;
  readonly validationLoss: number | null;
  readonly notes: readonly string[];
}

/** Epochs until they are over, the validation loss stops falling, or the loss is no number any more; the best weights win. */
export async function train(
  trainer: NetworkTrainer,
  rows: { readonly train: number; readonly validation: number },
  params: NetworkParams,
  rates: (t: number) => number,
  random: Random,
  context: FitContext,
): Promise<Trained> {
  const order = Int32Array.from({ length: rows.train }, (_, i) => i);
  const history: HistoryPoint[] = [];
  let weights = trainer.read();
  let best = 0;
  let lowest = Infinity;
  const stopped = (): boolean => context.signal.aborted;
  const result = (epochs: number, ...notes: string[]): Trained => ({
    weights,
    history,
    epochs,
    best,
    validationLoss: lowest < Infinity ? lowest : null,
    notes,
  });
  for (let epoch = 1; epoch <= params.epochs; epoch++) {
    random.shuffle(order);
    const loss = await trainer.epoch(order, params.batch_size, rates, stopped);
    const checked = rows.validation > 0 && !stopped() ? await trainer.validate() : undefined;
    if (stopped()) throw fail('cancelled', { what: 'training' });

    const point = checked === undefined ? { step: epoch, loss } : { step: epoch, loss, val_loss: checked };
    const now = checked === undefined || checked < lowest ? trainer.read() : undefined;
    if (!Number.isFinite(loss + (checked ?? 0)) || (now && !isFinite(now))) {
      return result(epoch, diverged(epoch, best));
    }
    history.push(point);
    context.progress(epoch / params.epochs, words(epoch, params.epochs, loss, checked), point);
    if (now) {
      weights = now;
      best = epoch;
      lowest = checked ?? lowest;
    } else if (epoch - best >= params.patience) {
      return result(
        epoch,
        `stopped early after ${epoch} epochs: the validation loss was lowest in epoch ${best}, whose weights are kept`,
      );
    }
  }
  if (best === params.epochs || rows.validation === 0) return result(params.epochs);
  return result(params.epochs, `the weights of epoch ${best} are kept: its validation loss was lowest`);
}

function isFinite(weights: NetworkWeights): boolean {
  return Object.values(weights).every((values) => values.every(Number.isFinite));
}

function diverged(epoch: number, best: number): string {
  const kept = best === 0 ? 'the weights are those it started from' : `the weights of epoch ${best} are kept`;
  return `the loss stopped being a number in epoch ${epoch}; ${kept}. Lower the learning rate, or scale the features`;
}

function words(epoch: number, epochs: number, loss: number, checked: number | undefined): string {
  const validation = checked === undefined ? '' : `, validation ${checked.toPrecision(4)}`;
  return `epoch ${epoch} of ${epochs}: loss ${loss.toPrecision(4)}${validation}`;
}
