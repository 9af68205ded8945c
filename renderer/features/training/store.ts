import * as z from 'zod';
import { create } from 'zustand';
import { keepDraft } from '../../ui/state/drafts.ts';
import { setInRecipeText } from './recipe-text.ts';

interface TrainDraft {
  readonly dataset: string;
  /** The recipe as YAML: the form and the text beside it both read and write this. */
  readonly text: string;
  readonly setDataset: (dataset: string) => void;
  readonly setText: (text: string) => void;
  readonly set: (path: readonly (string | number)[], value: unknown) => void;
  readonly begin: (dataset: string, text: string) => void;
}

/** The recipe being written. */
export const useTrainDraft = create<TrainDraft>()((set) => ({
  dataset: '',
  text: '',
  setDataset: (dataset) => set({ dataset }),
  setText: (text) => set({ text }),
  set: (path, value) => set(({ text }) => ({ text: setInRecipeText(text, path, value) })),
  begin: (dataset, text) => set({ dataset, text }),
}));

keepDraft({
  key: 'recipe',
  store: useTrainDraft,
  shape: z.object({ dataset: z.string(), text: z.string() }),
  pick: ({ dataset, text }) => (text.trim() ? { dataset, text } : null),
  restore: (value) => useTrainDraft.setState(value ?? { dataset: '', text: '' }),
});
