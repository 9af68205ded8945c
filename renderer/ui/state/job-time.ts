import { useEffect, useState } from 'react';
import { formatDuration } from '../text/format.ts';
import { words } from './words.ts';

/** Reckoned from what is done, in words; null while that would be guessing. */
export function timeLeft(fraction: number, seconds: number | null): string | null {
  if (seconds === null || seconds < 3 || fraction < 0.05 || fraction >= 1) return null;
  return words.left(formatDuration(Math.max(1, Math.round((seconds / fraction) * (1 - fraction)))));
}

/** Whole seconds since a moment, counting on. */
export function useSeconds(started: string | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return started === null ? null : Math.max(0, Math.round((now - Date.parse(started)) / 1000));
}
