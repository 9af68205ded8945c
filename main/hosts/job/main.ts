import { tasks } from '../../app/tasks.ts';
import { serveTasks, type FromJob, type ToJob } from '../../jobs/index.ts';

/** Electron's utility processes speak through `process.parentPort`; Node's forked ones through `process.send`. */
interface ParentPort {
  postMessage(message: unknown, transfer: []): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };

serveTasks(tasks, {
  send: (message: FromJob) =>
    new Promise((resolve) => {
      if (parentPort) {
        parentPort.postMessage(message, []);
        resolve();
      } else if (process.connected) process.send?.(message, () => resolve());
      else resolve();
    }),
  onMessage(listener) {
    if (parentPort) parentPort.on('message', ({ data }) => listener(data as ToJob));
    else process.on('message', (message) => listener(message as ToJob));
  },
});

// A job outlives nobody: without its host, what it makes could never be adopted.
process.on('disconnect', () => process.exit(1));

// A terminal sends Ctrl+C to every process of the command; what it means is for the host to say.
process.on('SIGINT', () => undefined);
