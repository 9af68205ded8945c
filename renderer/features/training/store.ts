import * as z from 'zod';
import { create } from 'zustand';
import { createUndoStack } from '../../ui/actions/undo.ts';
import { keepDraft } from '../../ui/state/drafts.ts';
import {
  addStepToText,
  moveStepInText,
  removeStepFromText,
  setInRecipeText,
  type RecipeObject,
} from './recipe-text.ts';
import { words } from './words.ts';

interface TrainDraft {
  readonly dataset: string;
  /** The recipe as YAML: the form and the text beside it both read and write this. */
  readonly text: string;
  /** The stage of the effect that is looked at: 0 is the data, 1 what the first step made of it; null: the last. */
  readonly stage: number | null;
  readonly setDataset: (dataset: string) => void;
  /** As it was typed. */
  readonly setText: (text: string) => void;
  readonly set: (path: readonly (string | number)[], value: unknown) => void;
  readonly addStep: (step: RecipeObject) => void;
  readonly removeStep: (at: number) => void;
  readonly moveStep: (from: number, to: number) => void;
  readonly begin: (dataset: string, text: string) => void;
  readonly look: (stage: number | null) => void;
}

/** What was done to the recipe, in the form or in the text: one history. */
export const recipeUndo = createUndoStack();

/** The recipe being written. */
export const useTrainDraft = create<TrainDraft>()((set, get) => {
  const change = (text: string, label: string, kind?: string) => {
    const before = get().text;
    if (text === before) return;
    set({ text });
    recipeUndo.add({
      label,
      undo: () => set({ text: before }),
      redo: () => set({ text }),
      ...(kind === undefined ? {} : { kind }),
    });
  };
  return {
    dataset: '',
    text: '',
    stage: null,
    setDataset: (dataset) => set({ dataset }),
    setText: (text) => change(text, words.undo.typing, 'text'),
    set: (path, value) =>
      change(
        setInRecipeText(get().text, path, value),
        words.undo.change(path.findLast((part) => typeof part === 'string') ?? ''),
        path.join('.'),
      ),
    addStep: (step) => change(addStepToText(get().text, step), words.undo.add),
    removeStep: (at) => change(removeStepFromText(get().text, at), words.undo.remove),
    moveStep: (from, to) => change(moveStepInText(get().text, from, to), words.undo.move),
    begin(dataset, text) {
      recipeUndo.clear();
      set({ dataset, text, stage: null });
    },
    look: (stage) => set({ stage }),
  };
});

keepDraft({
  key: 'recipe',
  store: useTrainDraft,
  shape: z.object({ dataset: z.string(), text: z.string() }),
  pick: ({ dataset, text }) => (text.trim() ? { dataset, text } : null),
  restore(value) {
    recipeUndo.clear();
    useTrainDraft.setState(value ?? { dataset: '', text: '' });
  },
});
