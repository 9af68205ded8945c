import { create } from 'zustand';
import type { ImportOptions } from '../../../../preload/contract/import-options.ts';

interface ImportDraft {
  readonly path: string;
  /** Dataset name; '' means from the file. */
  readonly name: string;
  readonly options: ImportOptions;
  /** A file on its way from the browser to the host. */
  readonly arriving: { readonly name: string; readonly size: number } | null;
  readonly problem: unknown;
  readonly begin: (from: { readonly path?: string; readonly name?: string }) => void;
  readonly setName: (name: string) => void;
  readonly setOption: (key: keyof ImportOptions, value: unknown) => void;
  readonly receive: (file: File, pathOf: (file: File) => Promise<string>) => Promise<void>;
}

/** The file that is about to be imported, and how. */
export const useImportDraft = create<ImportDraft>()((set, get) => ({
  path: '',
  name: '',
  options: {},
  arriving: null,
  problem: null,
  begin: ({ path = '', name = '' }) => set({ path, name, options: {}, arriving: null, problem: null }),
  setName: (name) => set({ name }),
  setOption: (key, value) =>
    set(({ options }) => {
      const next = { ...options, [key]: value };
      if (value === undefined) delete next[key];
      return { options: next };
    }),
  async receive(file, pathOf) {
    const { name } = get();
    set({ path: '', options: {}, problem: null, arriving: { name: file.name, size: file.size } });
    try {
      const path = await pathOf(file);
      set({ path, name, arriving: null });
    } catch (problem) {
      set({ problem, arriving: null });
    }
  },
}));
