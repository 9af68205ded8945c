import { create } from 'zustand';

interface QueryDraft {
  readonly sql: string;
  readonly name: string;
  readonly setSql: (sql: string) => void;
  readonly setName: (name: string) => void;
}

/** The query that is being written; it stays when another page is looked at. */
export const useQueryDraft = create<QueryDraft>()((set) => ({
  sql: '',
  name: '',
  setSql: (sql) => set({ sql }),
  setName: (name) => set({ name }),
}));
