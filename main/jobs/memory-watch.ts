import { Worker } from 'node:worker_threads';

/** What a job's process says before it ends itself. */
export const memoryWords = 'more memory than it may have';

/** As text: a job's process may be bundled, and a thread needs code of its own. */
const code = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
setInterval(() => {
  if (process.memoryUsage.rss() < workerData.limit) return;
  writeSync(2, workerData.words + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 50);
`;

/**
 * Ends this process when it holds so many megabytes more than now, from a thread of its own: native code that fills memory may
 * keep every other from running. Returns how to stop watching.
 */
export function watchMemory(megabytes: number): () => void {
  const limit = process.memoryUsage.rss() + megabytes * 2 ** 20;
  const watcher = new Worker(code, { eval: true, workerData: { limit, words: memoryWords } });
  watcher.unref();
  // Without a watcher the work goes on as it would have.
  watcher.on('error', () => undefined);
  return () => void watcher.terminate();
}
