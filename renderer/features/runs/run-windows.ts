import { useQueries } from '@tanstack/react-query';
import { useBackend } from '../../api/context.ts';
import type { Backend } from '../../api/backend.ts';
import { useFacts } from '../../api/facts.ts';
import type { InputOf, OutputOf } from '../../api/methods.ts';

/** Runs asked for at a time. */
export const windowRuns = 200;

export type Asked = Omit<InputOf<'runs.list'>, 'offset' | 'limit'>;
export type RunLine = OutputOf<'runs.list'>['rows'][number];
export type RunGroup = OutputOf<'runs.list'>['groups'][number];

function windowQuery(backend: Backend, asked: Asked, page: number) {
  const input = { ...asked, offset: page * windowRuns, limit: windowRuns };
  return {
    queryKey: ['runs.list', input] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<OutputOf<'runs.list'>> =>
      backend.client.runs.list(input, { signal }),
    retry: false,
    gcTime: 30_000,
  };
}

/** The first window, which tells how many there are; what was shown stays until it is here. */
export function useFirstRuns(asked: Asked) {
  return useFacts('runs.list', { ...asked, offset: 0, limit: windowRuns }, { keep: true, retry: false });
}

/** The runs in sight; undefined where they are on their way. */
export function useRunsInSight(
  asked: Asked,
  { first, end }: { first: number; end: number },
  base: OutputOf<'runs.list'>,
): (row: number) => RunLine | undefined {
  const backend = useBackend();
  const from = Math.floor(Math.max(0, first) / windowRuns);
  const to = Math.floor(Math.max(first, end - 1) / windowRuns);
  const pages = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((page) => page > 0);
  const found = useQueries({ queries: pages.map((page) => windowQuery(backend, asked, page)) });
  return (row) => {
    const page = Math.floor(row / windowRuns);
    const rows = page === 0 ? base.rows : found[pages.indexOf(page)]?.data?.rows;
    return rows?.[row % windowRuns];
  };
}
