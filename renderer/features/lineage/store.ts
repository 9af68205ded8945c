import { create } from 'zustand';

interface LineageViewState {
  readonly shape: 'graph' | 'outline';
  readonly chosen: string | null;
  readonly setShape: (shape: 'graph' | 'outline') => void;
  readonly choose: (node: string | null) => void;
}

export const useLineageView = create<LineageViewState>()((set) => ({
  shape: 'graph',
  chosen: null,
  setShape: (shape) => set({ shape }),
  choose: (chosen) => set({ chosen }),
}));
