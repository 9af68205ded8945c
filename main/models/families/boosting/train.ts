import type { Booster } from '../../../platform/lightgbm/index.ts';
import type { FitContext, HistoryPoint } from '../../family.ts';
import type { Pace } from '../../pace.ts';
import type { BoostingParams } from './params.ts';

export interface Trained {
  /** Iterations kept. */
  readonly best: number;
  readonly iterations: number;
  readonly validationLoss: number | null;
  readonly history: readonly HistoryPoint[];
  readonly notes: readonly string[];
}

/** Iterations until they are over, nothing can be split, or the validation loss stops falling. */
export async function train(
  booster: Booster,
  checked: boolean,
  params: BoostingParams,
  context: FitContext,
  pace: Pace,
): Promise<Trained> {
  const history: HistoryPoint[] = [];
  const stopping = checked && params.early_stopping_rounds > 0;
  let lowest = Infinity;
  let best = 0;
  const result = (iterations: number, ...notes: string[]): Trained => ({
    // The first iteration is always kept: without splits it is the constant.
    best: Math.max(1, stopping && best > 0 ? best : iterations),
    iterations,
    validationLoss: lowest < Infinity ? lowest : null,
    history,
    notes,
  });
  for (let step = 1; step <= params.n_estimators; step++) {
    const finished = await booster.update(context.signal);
    await pace.turn();
    const loss = booster.loss('train');
    const valLoss = checked ? booster.loss('validation') : undefined;
    if (!Number.isFinite(loss + (valLoss ?? 0))) {
      return result(step, `the loss stopped being a number in iteration ${step}`);
    }
    const point = valLoss === undefined ? { step, loss } : { step, loss, val_loss: valLoss };
    history.push(point);
    const shown = valLoss === undefined ? '' : `, validation ${valLoss.toPrecision(4)}`;
    context.progress(
      step / params.n_estimators,
      `iteration ${step} of ${params.n_estimators}: loss ${loss.toPrecision(4)}${shown}`,
      point,
    );
    if (valLoss !== undefined && valLoss < lowest) {
      lowest = valLoss;
      best = step;
    }
    if (finished) {
      const kept = Math.max(1, step - 1);
      if (best > kept) best = kept;
      const why =
        step === 1
          ? 'no feature could be split: every row gets the same prediction'
          : `ended after ${kept} iterations: nothing was left to split`;
      return result(kept, why);
    }
    if (stopping && step - best >= params.early_stopping_rounds) {
      return result(
        step,
        `stopped early after ${step} iterations: the validation loss was lowest in iteration ${best}, which is kept`,
      );
    }
  }
  if (!stopping || best === params.n_estimators) return result(params.n_estimators);
  return result(
    params.n_estimators,
    `the first ${best} iterations are kept: the validation loss was lowest then`,
  );
}
