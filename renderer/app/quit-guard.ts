import { useEffect } from 'react';

/** In a browser: asks before the page is closed while jobs run. A window asks by itself, naming what would stop. */
export function useQuitGuard(busy: boolean): void {
  useEffect(() => {
    if (!busy || window.holdfast) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [busy]);
}
