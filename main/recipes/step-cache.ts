import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { WorkColumn } from './columns.ts';

/** A step learned, and what there is after it. */
export interface KeptStep<Fitted> {
  readonly fitted: Fitted;
  readonly work: readonly WorkColumn[];
}

/**
 * Steps by their content, for one set of rows that never changes: the key of a step is the hash of everything before it and of its own
 * parameters, so that whoever changes the last step learns only that one anew.
 */
export interface StepCache<Fitted> {
  get(key: string): KeptStep<Fitted> | undefined;
  set(key: string, step: KeptStep<Fitted>): void;
}

/** The key of what follows `before` by `content`. */
export function stepKey(before: string, content: unknown): string {
  return createHash('sha256').update(before).update('\n').update(canonicalJson(content)).digest('hex');
}

/** Keeps the steps used last, at most so many. */
export function createStepCache<Fitted>(most = 24): StepCache<Fitted> {
  const known = new Map<string, KeptStep<Fitted>>();
  return {
    get(key) {
      const found = known.get(key);
      if (!found) return undefined;
      known.delete(key);
      known.set(key, found);
      return found;
    },
    set(key, step) {
      known.set(key, step);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}
