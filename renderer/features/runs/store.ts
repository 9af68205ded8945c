import { create } from 'zustand';

interface RunsView {
  readonly filter: string;
  /** At most two, in the order they were picked. */
  readonly picked: readonly string[];
  /** Runs picked in the chart; null: all. */
  readonly chosen: ReadonlySet<string> | null;
  readonly setFilter: (filter: string) => void;
  readonly choose: (runs: readonly string[]) => void;
  readonly toggle: (run: string) => void;
}

export const useRunsView = create<RunsView>()((set) => ({
  filter: '',
  picked: [],
  chosen: null,
  setFilter: (filter) => set({ filter }),
  choose: (runs) => set({ chosen: runs.length ? new Set(runs) : null }),
  toggle: (run) =>
    set(({ picked }) => ({
      picked: picked.includes(run) ? picked.filter((one) => one !== run) : [...picked, run].slice(-2),
    })),
}));
