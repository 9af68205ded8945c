import { create } from 'zustand';

/** The way out of the open workspace that waits for an answer, because it would stop what runs. */
export const useLeaving = create<{ readonly way: (() => void) | null }>()(() => ({ way: null }));

/** Leaves the open workspace: at once when nothing runs, else when the person agrees that it stops. */
export function askToLeave(way: () => void): void {
  useLeaving.setState({ way });
}

export function stay(): void {
  useLeaving.setState({ way: null });
}
