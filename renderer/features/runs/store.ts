import { create } from 'zustand';

interface RunsView {
  readonly filter: string;
  /** At most two, in the order they were picked. */
  readonly picked: readonly string[];
  readonly setFilter: (filter: string) => void;
  readonly toggle: (run: string) => void;
}

export const useRunsView = create<RunsView>()((set) => ({
  filter: '',
  picked: [],
  setFilter: (filter) => set({ filter }),
  toggle: (run) =>
    set(({ picked }) => ({
      picked: picked.includes(run) ? picked.filter((one) => one !== run) : [...picked, run].slice(-2),
    })),
}));
