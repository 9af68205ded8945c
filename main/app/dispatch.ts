import { mkdtemp, mkdir, readdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '../../preload/contract/client.ts';
import { fail, Failure, toFailure } from '../../preload/contract/errors.ts';
import { inputWords } from '../../preload/contract/issue-words.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { methodSpec } from '../../preload/contract/index.ts';
import type { MethodSpec } from '../../preload/contract/method.ts';
import type { JobHandle, JobQueue, TaskRunner, TaskWorker } from '../jobs/index.ts';
import type { Clock } from '../platform/clock.ts';
import { asFailure, removeFile } from '../platform/files/index.ts';
import { createId } from '../platform/random.ts';
import { databaseFailure, type CallContext, type Session, type Workspace } from '../workspaces/index.ts';
import type { CallOptions } from './application.ts';
import { titleOf } from './titles.ts';

export type Handler = (input: never, context: CallContext) => unknown;
/** By domain: gives its service, by verb. */
export type ServiceLoaders = Readonly<Record<string, () => Promise<Readonly<Record<string, Handler>>>>>;

export interface DispatchOptions {
  readonly services: ServiceLoaders;
  readonly session: Session;
  readonly jobs: JobQueue;
  readonly runTask: TaskRunner;
  readonly openWorker: () => TaskWorker;
  readonly clock: Clock;
  readonly version: string;
  readonly code: () => string;
}

export interface Dispatcher {
  dispatch(method: string, input: unknown, options?: CallOptions): Promise<Reply>;
  /** Checks and starts a slow method; returns at once with its job, and the reply to come. */
  start(method: string, input: unknown, options?: CallOptions): { job: Job; done: Promise<Reply> };
}

/** The border: every call of every host is checked here on the way in and on the way out. */
export function createDispatcher(options: DispatchOptions): Dispatcher {
  const { session, jobs } = options;

  const run = async (call: CheckedCall, handle: JobHandle | null): Promise<Reply> => {
    const { method, spec, input, signal, workspace } = call;
    const [domain = '', verb = ''] = method.split('.');
    const service = await options.services[domain]?.();
    const handler = service?.[verb];
    if (!handler) throw fail('method-unknown', { method });
    const stop = handle?.signal ?? signal;
    const workplace = createWorkplace(options, call, stop, handle);
    try {
      const output = await handler(input as never, workplace.context);
      return checkOutput(method, spec, output);
    } catch (error) {
      const cutOff = stop.aborted || workspace?.closed === true;
      if (cutOff && !(error instanceof Failure)) throw fail('cancelled', { what: method }, error);
      throw toFailure(workspace ? databaseFailure(error, workspace.dir) : error, method);
    } finally {
      await workplace.clear();
    }
  };

  const check = (method: string, input: unknown, given: CallOptions): CheckedCall => {
    const spec = methodSpec(method);
    if (!spec) throw fail('method-unknown', { method });
    const parsed = parseInput(method, spec, input);
    const workspace = spec.anywhere ? session.current() : session.workspace();
    if (spec.writes && workspace && workspace.holder !== null) {
      const { dir, holder } = workspace;
      throw fail('workspace-locked', { dir, holder });
    }
    const { actor = userInfo().username, signal = new AbortController().signal, onProgress } = given;
    return { method, spec, input: parsed, actor, signal, workspace, onProgress };
  };

  const startJob = (call: CheckedCall): { job: Job; done: Promise<Reply> } => {
    const { method, spec, input, signal } = call;
    if (!spec.job) throw fail('job-not-startable', { method });
    return jobs.start(
      method,
      titleOf(method, input),
      (handle) => run(call, withProgress(handle, call)),
      signal,
    );
  };

  return {
    start: (method, input, call = {}) => startJob(check(method, input, call)),
    async dispatch(method, input, call = {}) {
      try {
        const checked = check(method, input, call);
        return await (checked.spec.job ? startJob(checked).done : run(checked, null));
      } catch (error) {
        throw toFailure(error, method);
      }
    },
  };
}

/** A call that may run: it works in the workspace that was open when it came, whatever is open later. */
interface CheckedCall {
  readonly method: string;
  readonly spec: MethodSpec;
  readonly input: unknown;
  readonly actor: string;
  readonly signal: AbortSignal;
  readonly workspace: Workspace | undefined;
  readonly onProgress: CallOptions['onProgress'];
}

function withProgress(handle: JobHandle, { onProgress }: CheckedCall): JobHandle {
  if (!onProgress) return handle;
  return {
    ...handle,
    progress(fraction, message, live) {
      handle.progress(fraction, message, live);
      onProgress(fraction, message, live);
    },
  };
}

function parseInput(method: string, spec: MethodSpec, input: unknown): unknown {
  const result = spec.input.safeParse(input ?? {}, { error: inputWords });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  throw fail('input-invalid', { method, problems });
}

function checkOutput(method: string, spec: MethodSpec, output: unknown): Reply {
  const { table, ...value } = output as { table?: Uint8Array };
  const result = spec.output.safeParse(value);
  if (!result.success) {
    const reason = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw fail('internal', { what: method, reason: `its result does not fit the contract: ${reason}` });
  }
  return table ? { value: result.data, table } : { value: result.data };
}

/** Builds a call's context and clears up after it. */
function createWorkplace(
  { session, jobs, runTask, openWorker, clock, version, code }: DispatchOptions,
  { method, actor, workspace }: CheckedCall,
  signal: AbortSignal,
  handle: JobHandle | null,
) {
  let scratch: Promise<string> | undefined;
  /** Commits that are under way or failed: objects may have been moved in that no record names. */
  let unnamed = 0;
  const workers: TaskWorker[] = [];
  const makeScratch = async (): Promise<string> => {
    if (!workspace?.writable) return mkdtemp(join(tmpdir(), 'holdfast-'));
    const folder = workspace.stagingFor(handle?.id ?? createId('call'));
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw asFailure(error, folder);
    }
    return folder;
  };
  const context: CallContext = {
    method,
    actor,
    clock,
    signal,
    version,
    code,
    session,
    jobs,
    get workspace() {
      if (!workspace) throw fail('workspace-not-open', { tried: null });
      return workspace;
    },
    progress: handle?.progress ?? (() => undefined),
    log: handle?.log ?? (() => undefined),
    job: handle?.id ?? null,
    about: (subject, title) => handle?.about(subject, title),
    scratch: () => (scratch ??= makeScratch()),
    async task(task, payload, [from, to] = [0, 1], limits) {
      const staging = await context.scratch();
      return runTask(
        task,
        payload,
        { objects: workspace?.objectsDir ?? join(staging, 'objects'), staging },
        {
          signal,
          progress: (fraction, message, live) =>
            context.progress(from + fraction * (to - from), message, live),
          log: context.log,
          limits,
        },
      );
    },
    async openWorker() {
      const worker = openWorker();
      const staging = join(await context.scratch(), `worker-${workers.push(worker)}`);
      const objects = workspace?.objectsDir ?? join(staging, 'objects');
      return {
        staging,
        run: (task, payload, options) =>
          worker.run(
            task,
            payload,
            { objects, staging },
            {
              signal: AbortSignal.any([signal, options.signal]),
              progress: options.progress ?? (() => undefined),
              log: context.log,
            },
          ),
      };
    },
    async commit(objects, work, staged) {
      signal.throwIfAborted();
      const staging = staged ?? (await scratch);
      const moves = staging !== undefined && objects.length > 0 ? 1 : 0;
      unnamed += moves;
      const result = await context.workspace.commit(
        { action: method, actor, objects, ...(staging ? { staging } : {}) },
        work,
      );
      unnamed -= moves;
      return result;
    },
  };
  return {
    context,
    async clear() {
      for (const worker of workers) worker.close();
      const folder = await scratch?.catch(() => undefined);
      if (!folder) return;
      try {
        // An empty staging folder makes the next opening sweep objects that no record names.
        const leftovers = unnamed ? (await readdir(folder)).map((name) => join(folder, name)) : [folder];
        for (const leftover of leftovers) await removeFile(leftover);
      } catch {
        // What the call did stands; the next opening clears up.
      }
    },
  };
}
