/** The launcher passes signals on, and a terminal sends Ctrl+C to both: what comes within this time is one. */
const ONE_PRESS_MS = 250;

/** Calls the listener once for each press of Ctrl+C. Returns the function that stops listening. */
export function onInterrupt(listener: () => void): () => void {
  let last = -Infinity;
  const heard = (): void => {
    const now = performance.now();
    if (now - last > ONE_PRESS_MS) listener();
    last = now;
  };
  process.on('SIGINT', heard);
  return () => void process.off('SIGINT', heard);
}
