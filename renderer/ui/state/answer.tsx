import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';
import { Waiting } from './waiting.tsx';

interface Props<T> {
  readonly of: UseQueryResult<T>;
  /** What is asked for: "The datasets". */
  readonly what: string;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** The answer of a query, or why there is none yet. */
export function Answer<T>({ of, what, lines = 6, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ErrorPanel error={of.error} what={what} onRetry={() => void of.refetch()} />;
  return <Waiting lines={lines} />;
}
