import { fail, Failure, toFailure } from '../../preload/contract/errors.ts';
import { createObjectReader, createStagingWriter } from '../platform/objects/index.ts';
import type { Launcher } from '../platform/processes/index.ts';
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

/** Runs each task in a process of its own, so that a crash in a native library ends one job and nothing else. */
export function createProcessRunner(launch: Launcher): TaskRunner {
  return <Payload, Result>(
    task: Task<Payload, Result>,
    payload: Payload,
    place: TaskPlace,
    handlers: TaskHandlers,
  ) =>
    new Promise<TaskOutcome<Result>>((resolve, reject) => {
      const { signal, progress, log } = handlers;
      if (signal.aborted) {
        reject(fail('cancelled', { what: task.name }));
        return;
      }
      const child = launch();
      const lastWords: string[] = [];
      let outcome: (() => void) | undefined;
      let timer: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        child.send({ type: 'cancel' } satisfies ToJob);
        timer = setTimeout(() => child.kill(), grace);
      };
      signal.addEventListener('abort', cancel, { once: true });
      child.onOutput((line) => {
        log(line);
        lastWords.push(line);
        if (lastWords.length > 5) lastWords.shift();
      });
      child.onMessage((raw) => {
        const message = raw as FromJob;
        if (message.type === 'progress') progress(message.fraction, message.message, message.live);
        else if (message.type === 'log') log(message.line);
        else if (message.type === 'done') {
          outcome = () => resolve({ result: message.result as Result, objects: message.objects });
          settle();
          child.kill();
        } else {
          const { code, details, message: words } = message.failure;
          outcome = () => reject(new Failure(code, details, words));
          child.kill();
        }
      });
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        outcome?.();
      };
      child.onExit((how) => {
        if (signal.aborted) outcome = () => reject(fail('cancelled', { what: task.name }));
        outcome ??= () => reject(fail('job-crashed', { what: task.name, how, log: lastWords.join(' | ') }));
        settle();
      });
      child.send({ type: 'run', task: task.name, payload, place } satisfies ToJob);
    });
}

/** The other end: what a job process does. `tasks` is every task there is. */
export function serveTasks(
  tasks: readonly Task<never, unknown>[],
  wire: { send(message: FromJob): Promise<void>; onMessage(listener: (message: ToJob) => void): void },
): void {
  const controller = new AbortController();
  let lastSent = 0;
  const run = async (message: Extract<ToJob, { type: 'run' }>): Promise<void> => {
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
      await wire.send({ type: 'done', result: outcome.result, objects: outcome.objects });
    } catch (error) {
      await wire.send({ type: 'failed', failure: toFailure(error, message.task).toJSON() });
    }
  };
  wire.onMessage((message) => {
    if (message.type === 'cancel') controller.abort();
    else void run(message);
  });
}
