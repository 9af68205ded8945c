import { useCallback, useEffect, useSyncExternalStore } from 'react';
import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../../api/kept.ts';

/** What a draft store must offer: zustand's stores do. */
interface DraftStore<State> {
  getState(): State;
  subscribe(listener: (state: State) => void): () => void;
}

export interface DraftSpec<State, Value> {
  /** Of one kind in a workspace: `recipe`, `import`. */
  readonly key: string;
  readonly store: DraftStore<State>;
  readonly shape: z.ZodType<Value>;
  /** What is worth keeping; null when nothing was begun. */
  readonly pick: (state: State) => Value | null;
  /** Puts back what was kept; null: as if nothing was begun. */
  readonly restore: (value: Value | null) => void;
}

interface OpenDraft {
  /** Reads what the workspace kept and follows the store from then on. Returns the function that stops following. */
  open(workspace: string): () => void;
}

interface Drafts {
  readonly workspace: string | null;
  /** Drafts that were there after a crash and have not been looked at, with when they were written. */
  readonly rescued: Readonly<Record<string, number>>;
}

const useDrafts = create<Drafts>()(() => ({ workspace: null, rescued: {} }));
const known: OpenDraft[] = [];
let closing: (() => void)[] = [];
let crashed = false;

function keyOf(workspace: string, key: string): string {
  return `draft.${workspace}.${key}`;
}

/**
 * Journals what is being written in a store, each workspace its own, so that it is there after any end: it is kept while
 * it is written, put back when the workspace is open again, and forgotten when `pick` gives null (sent off, emptied).
 *
 * @example
 * keepDraft({
 *   key: 'recipe', store: useTrainDraft, shape: z.object({ dataset: z.string(), text: z.string() }),
 *   pick: ({ dataset, text }) => (text.trim() ? { dataset, text } : null),
 *   restore: (value) => useTrainDraft.setState(value ?? { dataset: '', text: '' }),
 * });
 */
export function keepDraft<State, Value>(spec: DraftSpec<State, Value>): void {
  const draft: OpenDraft = {
    open(workspace) {
      const key = keyOf(workspace, spec.key);
      const was = kept.read(key, spec.shape);
      spec.restore(was ?? null);
      const at = kept.at(key);
      if (was !== undefined && crashed && at !== undefined) {
        useDrafts.setState(({ rescued }) => ({ rescued: { ...rescued, [spec.key]: at } }));
      }
      return spec.store.subscribe((state) => kept.write(key, spec.pick(state)));
    },
  };
  known.push(draft);
  const { workspace } = useDrafts.getState();
  if (workspace) closing.push(draft.open(workspace));
}

/** Follows the drafts of the open workspace; null when none is open. */
export function openDrafts(workspace: string | null): void {
  if (useDrafts.getState().workspace === workspace) return;
  for (const close of closing) close();
  closing = [];
  useDrafts.setState({ workspace, rescued: {} });
  if (workspace) closing = known.map((draft) => draft.open(workspace));
}

/** Tells that the page before this one did not end by itself: drafts that are found are offered, once. */
export function afterCrash(): void {
  crashed = true;
}

/** When a draft was written that was put back after a crash; null when there is nothing to say. `seen` ends the offer. */
export function useRescued(key: string): { readonly at: number | null; readonly seen: () => void } {
  const at = useDrafts(({ rescued }) => rescued[key] ?? null);
  const seen = useCallback(
    () =>
      useDrafts.setState(({ rescued }) => {
        const { [key]: gone, ...rest } = rescued;
        return gone === undefined ? { rescued } : { rescued: rest };
      }),
    [key],
  );
  return { at, seen };
}

/** Like `useState` for one field of a form that is kept until it is sent off: `set(initial)` forgets it. */
export function useKeptField<Value extends string | number | boolean>(
  key: string,
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const workspace = useDrafts((state) => state.workspace);
  const full = keyOf(workspace ?? 'none', key);
  const value = useSyncExternalStore(subscribeFields, () => readField(full, initial));
  useEffect(() => {
    if (value === initial) kept.write(full, null);
  }, [full, value, initial]);
  const set = useCallback(
    (next: Value) => {
      kept.write(full, next === initial ? null : next);
      for (const listener of listeners) listener();
    },
    [full, initial],
  );
  return [value, set];
}

const listeners = new Set<() => void>();

function subscribeFields(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readField<Value extends string | number | boolean>(key: string, initial: Value): Value {
  const value = kept.read(key, z.union([z.string(), z.number(), z.boolean()]));
  return typeof value === typeof initial ? (value as Value) : initial;
}
