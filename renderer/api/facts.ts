import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Backend } from './backend.ts';
import { useBackend } from './context.ts';
import type { InputOf, MethodName, OutputOf } from './methods.ts';

/** Methods whose answer for the same input can't change while the app runs: they survive `changed` events. */
const lasting: ReadonlySet<MethodName> = new Set<MethodName>([
  'datasets.preview',
  'datasets.profile',
  'datasets.relations',
  'datasets.rejects',
  'checks.failing',
  'checks.measures',
  'recipes.families',
  'recipes.steps',
  'sweeps.searches',
  'system.samples',
  'help.list',
  'help.show',
  'help.search',
]);

export function isLasting(queryKey: readonly unknown[]): boolean {
  return lasting.has(queryKey[0] as MethodName);
}

interface FactsOptions {
  /** Nothing is asked while false. */
  readonly when?: boolean;
  /** Shows the answer to the input before while the new one is on its way. */
  readonly keep?: boolean;
  readonly refetchInterval?: number;
  readonly retry?: false;
}

/** Options of the query that asks one method. Cancelled when nobody looks at it any more. */
function factsQuery<M extends MethodName>(backend: Backend, method: M, input: InputOf<M>) {
  return queryOptions({
    queryKey: [method, input] as const,
    queryFn: async ({ signal }): Promise<OutputOf<M>> => {
      const reply = await backend.call(method, input, { signal });
      return (reply.table ? { ...(reply.value as object), table: reply.table } : reply.value) as OutputOf<M>;
    },
    ...(lasting.has(method) ? { staleTime: Infinity } : {}),
  });
}

/** Facts from the host, kept until a `changed` event drops them. */
export function useFacts<M extends MethodName>(
  method: M,
  input: InputOf<M>,
  options: FactsOptions = {},
): UseQueryResult<OutputOf<M>> {
  const backend = useBackend();
  return useQuery({
    ...factsQuery(backend, method, input),
    enabled: options.when ?? true,
    ...(options.retry === false ? { retry: false } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.refetchInterval ? { refetchInterval: options.refetchInterval } : {}),
  });
}

/** A call that changes something, or is asked for once by a button. */
export function useCall<M extends MethodName>(
  method: M,
  onDone?: (output: OutputOf<M>, input: InputOf<M>) => void,
): UseMutationResult<OutputOf<M>, Error, InputOf<M>> {
  const backend = useBackend();
  return useMutation<OutputOf<M>, Error, InputOf<M>>({
    mutationFn: async (input) => (await backend.call(method, input)).value as OutputOf<M>,
    onSuccess: (output, input) => onDone?.(output, input),
  });
}
