import { create } from 'zustand';
import { useEffect, type RefObject } from 'react';

/** One step of editing, already done. */
export interface Step {
  /** What was done, for "Undo: ...". */
  readonly label: string;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Steps of one kind after each other (letters typed into one field) are one to undo. */
  readonly kind?: string;
}

export interface UndoStack {
  /** Adds a step that was just done; what was undone before can't be done again any more. */
  add(step: Step): void;
  undo(): void;
  redo(): void;
  /** What `undo` would take back, if anything. */
  undoes(): string | null;
  redoes(): string | null;
  clear(): void;
}

const most = 200;
/** Steps of one kind belong together when no longer than this lies between them, in milliseconds. */
const together = 1000;

/** The steps of one editor. Text editors that have their own (CodeMirror) need none. */
export function createUndoStack(now: () => number = () => performance.now()): UndoStack {
  let done: { readonly step: Step; readonly at: number }[] = [];
  let undone: Step[] = [];
  return {
    add(step) {
      const at = now();
      const last = done.at(-1);
      undone = [];
      if (last && step.kind !== undefined && last.step.kind === step.kind && at - last.at < together) {
        const merged = { ...step, label: last.step.label, undo: last.step.undo };
        done = [...done.slice(0, -1), { step: merged, at }];
      } else done = [...done, { step, at }].slice(-most);
    },
    undo() {
      const last = done.at(-1);
      if (!last) return;
      done = done.slice(0, -1);
      undone = [...undone, last.step];
      last.step.undo();
    },
    redo() {
      const step = undone.at(-1);
      if (!step) return;
      undone = undone.slice(0, -1);
      // Not to be merged with: what comes next is another step.
      done = [...done, { step, at: -Infinity }];
      step.redo();
    },
    undoes: () => done.at(-1)?.step.label ?? null,
    redoes: () => undone.at(-1)?.label ?? null,
    clear() {
      done = [];
      undone = [];
    },
  };
}

interface Editor {
  readonly stack: UndoStack;
  readonly scope: RefObject<HTMLElement | null> | null;
}

const useEditors = create<{ readonly editors: readonly Editor[] }>()(() => ({ editors: [] }));

/**
 * While the calling component is on the screen, Mod+Z and Mod+Shift+Z are its stack's. With a `scope`, inside of it also while
 * writing into a field; elsewhere a field's own undo comes first.
 */
export function useUndo(stack: UndoStack, scope: RefObject<HTMLElement | null> | null = null): void {
  useEffect(() => {
    const editor = { stack, scope };
    useEditors.setState(({ editors }) => ({ editors: [...editors, editor] }));
    return () => useEditors.setState(({ editors }) => ({ editors: editors.filter((one) => one !== editor) }));
  }, [stack, scope]);
}

/** The stack that Mod+Z belongs to: that of the innermost scope around `target`, else the newest without need of one. */
export function undoStackAt(target: EventTarget | null, isWriting: boolean): UndoStack | null {
  const { editors } = useEditors.getState();
  const node = target instanceof Node ? target : null;
  const around = editors.filter(({ scope }) => node && scope?.current?.contains(node));
  const inner = around.findLast(
    (one) =>
      !around.some((other) => other !== one && one.scope?.current?.contains(other.scope?.current ?? null)),
  );
  if (inner) return inner.stack;
  return isWriting ? null : (editors.at(-1)?.stack ?? null);
}
