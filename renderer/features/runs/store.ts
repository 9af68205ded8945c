import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../../api/kept.ts';

const Shape = z.object({
  /** Null: those that say something of the runs there are. */
  columns: z.array(z.string()).nullable().catch(null),
  differing: z.boolean().catch(false),
  group: z.string().nullable().catch(null),
  chart: z.enum(['time', 'scatter', 'parallel', 'curves', 'none']).catch('time'),
  x: z.string().nullable().catch(null),
  y: z.string().nullable().catch(null),
});
/** How the runs are shown; kept from one time to the next. */
export type RunsShape = z.infer<typeof Shape>;

interface RunsView {
  readonly shape: RunsShape;
  readonly filter: string;
  readonly sort: string;
  readonly ascending: boolean;
  /** In the order they were picked. */
  readonly picked: readonly string[];
  /** Runs picked in the chart; null: all. */
  readonly chosen: ReadonlySet<string> | null;
  readonly setShape: (change: Partial<RunsShape>) => void;
  readonly setFilter: (filter: string) => void;
  readonly sortBy: (column: string, ascending: boolean) => void;
  readonly choose: (runs: readonly string[]) => void;
  readonly toggle: (run: string) => void;
}

export const useRunsView = create<RunsView>()((set) => ({
  shape: kept.read('runs-shape', Shape) ?? Shape.parse({}),
  filter: '',
  sort: 'created',
  ascending: false,
  picked: [],
  chosen: null,
  setShape: (change) =>
    set(({ shape }) => {
      const next = { ...shape, ...change };
      kept.write('runs-shape', next);
      return { shape: next };
    }),
  setFilter: (filter) => set({ filter }),
  sortBy: (sort, ascending) => set({ sort, ascending }),
  choose: (runs) => set({ chosen: runs.length ? new Set(runs) : null }),
  toggle: (run) =>
    set(({ picked }) => ({
      picked: picked.includes(run) ? picked.filter((one) => one !== run) : [...picked, run],
    })),
}));
