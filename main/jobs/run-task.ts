import { fail, Failure, toFailure } from '../../preload/contract/errors.ts';
import { createObjectReader, createStagingWriter } from '../platform/objects/index.ts';
import type { Child, Launcher } from '../platform/processes/index.ts';
import { memoryWords, watchMemory } from './memory-watch.ts';
import type { FromJob, Task, TaskHandlers, TaskOutcome, TaskPlace, TaskRunner, ToJob } from './task.ts';

/** Runs the task in this process. */
export async function runInline<Payload, Result>(
  task: Task<Payload, Result>,
  payload: Payload,
  place: TaskPlace,
  handlers: TaskHandlers,
): Promise<TaskOutcome<Result>> {
  const work = await task.load();
  const writer = createStagingWriter(place.objects, place.staging);
  const reader = createObjectReader(place.objects);
  const result = await work(payload, { reader, writer, staging: place.staging, ...handlers });
  return { result, objects: writer.staged() };
}

/** How long a cancelled task may tidy up before its process is ended. */
const grace = 400;

/** Runs one task after another without paying for a new process and its engines each time. */
export interface TaskWorker {
  /** One at a time. A process that crashed or was cancelled is replaced by the next call. */
  readonly run: TaskRunner;
  close(): void;
}

/** Runs each task in a process of its own, so that a crash in a native library ends one job and nothing else. */
export function createProcessRunner(launch: Launcher): TaskRunner {
  return async (task, payload, place, handlers) => {
    const worker = createProcessWorker(launch);
    try {
      return await worker.run(task, payload, place, handlers);
    } finally {
      worker.close();
    }
  };
}

interface Turn {
  readonly child: Child;
  readonly handlers: TaskHandlers;
  readonly lastWords: string[];
  take(message: FromJob): void;
  exited(how: string): void;
}

/** A worker whose process starts with the first task and stays until `close`. */
export function createProcessWorker(launch: Launcher): TaskWorker {
  let idle: Child | undefined;
  let turn: Turn | undefined;

  const start = (): Child => {
    const child = launch();
    const mine = (): Turn | undefined => (turn?.child === child ? turn : undefined);
    child.onOutput((line) => {
      const now = mine();
      now?.handlers.log(line);
      now?.lastWords.push(line);
      if (now && now.lastWords.length > 5) now.lastWords.shift();
    });
    child.onMessage((raw) => mine()?.take(raw as FromJob));
    child.onExit((how) => {
      if (idle === child) idle = undefined;
      mine()?.exited(how);
    });
    return child;
  };

  const run: TaskRunner = <Payload, Result>(
    task: Task<Payload, Result>,
    payload: Payload,
    place: TaskPlace,
    handlers: TaskHandlers,
  ) =>
    new Promise<TaskOutcome<Result>>((resolve, reject) => {
      const { signal, progress, log, limits } = handlers;
      if (signal.aborted) {
        reject(fail('cancelled', { what: task.name }));
        return;
      }
      const child = idle ?? start();
      idle = undefined;
      const lastWords: string[] = [];
      let timer: NodeJS.Timeout | undefined;
      let isLate = false;
      const clock =
        limits?.milliseconds === undefined
          ? undefined
          : setTimeout(() => {
              isLate = true;
              child.kill();
            }, limits.milliseconds);
      const cancel = (): void => {
        child.send({ type: 'cancel' } satisfies ToJob);
        timer = setTimeout(() => child.kill(), grace);
      };
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        clearTimeout(clock);
        signal.removeEventListener('abort', cancel);
        turn = undefined;
        end();
      };
      signal.addEventListener('abort', cancel, { once: true });
      turn = {
        child,
        handlers,
        lastWords,
        take(message) {
          if (message.type === 'progress') progress(message.fraction, message.message, message.live);
          else if (message.type === 'log') log(message.line);
          else if (message.type === 'done') {
            // A process that was told to stop obeys no further task.
            if (signal.aborted) child.kill();
            else idle = child;
            settle(() => resolve({ result: message.result as Result, objects: message.objects }));
          } else if (signal.aborted) child.kill();
          else {
            const { code, details, message: words } = message.failure;
            idle = child;
            settle(() => reject(new Failure(code, details, words)));
          }
        },
        exited(how) {
          const isFull = lastWords.some((line) => line.includes(memoryWords));
          const failure = signal.aborted
            ? fail('cancelled', { what: task.name })
            : limits && (isLate || isFull)
              ? fail('job-limit', {
                  what: task.name,
                  ...(isLate ? { milliseconds: limits.milliseconds } : { megabytes: limits.megabytes }),
                })
              : fail('job-crashed', { what: task.name, how, log: lastWords.join(' | ') });
          settle(() => reject(failure));
        },
      };
      const memory = limits ? { megabytes: limits.megabytes } : {};
      child.send({ type: 'run', task: task.name, payload, place, ...memory } satisfies ToJob);
    });

  return {
    run,
    close() {
      idle?.kill();
      idle = undefined;
    },
  };
}

/** The other end: what a job process does. `tasks` is every task there is. */
export function serveTasks(
  tasks: readonly Task<never, unknown>[],
  wire: { send(message: FromJob): Promise<void>; onMessage(listener: (message: ToJob) => void): void },
): void {
  const controller = new AbortController();
  let lastSent = 0;
  const run = async (message: Extract<ToJob, { type: 'run' }>): Promise<void> => {
    const unwatch = message.megabytes === undefined ? undefined : watchMemory(message.megabytes);
    try {
      const task = tasks.find(({ name }) => name === message.task);
      if (!task) throw new Error(`no task "${message.task}"`);
      const outcome = await runInline(task, message.payload as never, message.place, {
        signal: controller.signal,
        progress(fraction, words, live) {
          const now = performance.now();
          if (!live && fraction < 1 && now - lastSent < 50) return;
          lastSent = now;
          void wire.send({ type: 'progress', fraction, message: words, ...(live ? { live } : {}) });
        },
        log: (line) => void wire.send({ type: 'log', line }),
      });
      unwatch?.();
      await wire.send({ type: 'done', result: outcome.result, objects: outcome.objects });
    } catch (error) {
      unwatch?.();
      await wire.send({ type: 'failed', failure: toFailure(error, message.task).toJSON() });
    }
  };
  wire.onMessage((message) => {
    if (message.type === 'cancel') controller.abort();
    else void run(message);
  });
}
