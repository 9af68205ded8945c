import { create } from 'zustand';
import type { Grouping } from '../../../preload/contract/lineage.ts';

interface LineageViewState {
  readonly shape: 'graph' | 'outline';
  readonly grouping: Grouping;
  /** Ids of groups, each as often as it was opened. */
  readonly open: readonly string[];
  readonly setShape: (shape: 'graph' | 'outline') => void;
  readonly setGrouping: (grouping: Grouping) => void;
  readonly openGroup: (group: string) => void;
  readonly closeGroup: (group: string) => void;
}

export const useLineageView = create<LineageViewState>()((set) => ({
  shape: 'graph',
  grouping: 'auto',
  open: [],
  setShape: (shape) => set({ shape }),
  setGrouping: (grouping) => set({ grouping, open: [] }),
  openGroup: (group) => set(({ open }) => ({ open: [...open, group] })),
  closeGroup: (group) => set(({ open }) => ({ open: open.filter((one) => one !== group) })),
}));
