import { useRef, useState } from 'react';
import { useBackend } from '../../api/context.ts';
import type { InputOf, OutputOf } from '../../api/methods.ts';

type Answer = OutputOf<'datasets.query'>;

/** Runs queries one at a time; the last answer stays until the next one is here. */
export function useQuery() {
  const { client } = useBackend();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState(false);
  const controller = useRef<AbortController | null>(null);
  return {
    answer,
    error,
    running,
    async run(input: InputOf<'datasets.query'>, onDone?: (answer: Answer) => void): Promise<void> {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      setRunning(true);
      setError(null);
      try {
        const found = await client.datasets.query(input, { signal: own.signal });
        if (controller.current !== own) return;
        setAnswer(found);
        onDone?.(found);
      } catch (problem) {
        if (controller.current === own) setError(own.signal.aborted ? null : problem);
      } finally {
        if (controller.current === own) setRunning(false);
      }
    },
    stop(): void {
      controller.current?.abort();
      setRunning(false);
    },
  };
}
