import { availableParallelism } from 'node:os';
import type { AppEvent } from '../../preload/contract/events.ts';
import {
  createJobQueue,
  createJobStore,
  createProcessRunner,
  createProcessWorker,
  createStopRequests,
  runInline,
} from '../jobs/index.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { createForkLauncher, startAhead, type Launcher } from '../platform/processes/index.ts';
import { createSession, describe, type Workspace } from '../workspaces/index.ts';
import type { Application } from './application.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';
import { createJobsService } from './jobs-service.ts';
import { services } from './services.ts';
import { codeIdentity } from './code-identity.ts';
import { jobEntry } from './job-entry.ts';
import { version } from './version.ts';

export interface AppOptions {
  /** What this host is, for the workspace's lock: `the Holdfast window`. */
  readonly host: string;
  /** Folder of a workspace to open. */
  readonly workspace?: string;
  readonly clock?: Clock;
  /** How job processes are made; `inline` runs tasks in this process (unit tests only). Default: forked Node. */
  readonly jobs?: Launcher | 'inline';
  /** For a host that stays: a job process always waits for the next job, which then begins at once. */
  readonly ahead?: boolean;
}

/** Milliseconds until the next job process is started ahead: not while the app or a job is just beginning. */
const pause = 1500;

/** Puts the product together. One per process. */
export async function createApp(options: AppOptions): Promise<Application> {
  const clock = options.clock ?? systemClock;
  const listeners = new Set<(event: AppEvent) => void>();
  const emit = (event: AppEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch {
        // A window that can't be told any more must not take down the work it was to be told of.
        listeners.delete(listener);
      }
    }
  };
  const session = createSession({
    clock,
    actor: 'holdfast',
    holder: `${options.host} (process ${process.pid})`,
    onChange: (tables) => emit({ type: 'changed', tables }),
    onSwitch: (workspace) => {
      const event = switchEvent(workspace);
      if (event) emit(event);
    },
    beforeLeaving: () => jobs.cancelAll(),
  });
  const given = options.jobs ?? createForkLauncher(jobEntry);
  const ahead = options.ahead && given !== 'inline' ? keepAhead(given) : undefined;
  const launch = ahead?.launch ?? given;
  const jobs = createJobQueue({
    clock,
    emit,
    // Two at least: a prediction need not wait for a training.
    concurrency: Math.max(2, Math.floor(availableParallelism() / 2)),
    store: () => {
      const workspace = session.current();
      return workspace?.writable ? createJobStore(workspace.db) : undefined;
    },
    shared: () => {
      const workspace = session.current();
      if (!workspace) return undefined;
      const stops = createStopRequests((name) => workspace.stagingFor(name));
      return { store: createJobStore(workspace.db), stops };
    },
  });
  const jobsService = createJobsService(() => dispatcher);
  const dispatcher: Dispatcher = createDispatcher({
    services: { ...services, jobs: async () => jobsService },
    session,
    jobs,
    runTask: launch === 'inline' ? runInline : createProcessRunner(launch),
    openWorker: () =>
      launch === 'inline' ? { run: runInline, close: () => undefined } : createProcessWorker(launch),
    clock,
    version,
    code: codeIdentity,
  });
  if (options.workspace !== undefined) await session.open(options.workspace);
  // A page asks for every domain sooner or later, and shall not wait for one then.
  if (options.ahead)
    setImmediate(() => Object.values(services).forEach((load) => void load().catch(() => undefined)));
  return {
    dispatch: (method, input, call) => dispatcher.dispatch(method, input, call),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    running: () => jobs.running().map(({ id, title }) => ({ id, title })),
    close: () => {
      ahead?.close();
      return session.close();
    },
  };
}

/** A process waits for each job; the next is started a while after the last was taken. */
function keepAhead(launch: Launcher): Pick<ReturnType<typeof startAhead>, 'launch' | 'close'> {
  const ahead = startAhead(launch);
  const later = (): void => void setTimeout(() => ahead.warm(), pause).unref();
  later();
  return {
    launch() {
      later();
      return ahead.launch();
    },
    close: () => ahead.close(),
  };
}

/** Undefined for a workspace whose database is too damaged to be counted: it can still be verified. */
function switchEvent(workspace: Workspace | undefined): AppEvent | undefined {
  try {
    return { type: 'workspace', workspace: workspace ? describe(workspace) : null };
  } catch {
    return undefined;
  }
}
