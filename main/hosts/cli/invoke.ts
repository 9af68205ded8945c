import type { Reply } from '../../../preload/contract/client.ts';
import { fail, toFailure } from '../../../preload/contract/errors.ts';
import { contract, methodSpec } from '../../../preload/contract/index.ts';
import type { Job } from '../../../preload/contract/jobs.ts';
import type { Application } from '../../app/application.ts';
import { jobEntry } from '../../app/job-entry.ts';
import { createForkLauncher, startAhead } from '../../platform/processes/index.ts';
import { loginName } from '../actor.ts';
import { onInterrupt } from '../interrupts.ts';
import { findWorkspace } from './find-workspace.ts';
import { createProgressLine } from './progress-line.ts';

/** Calls one method in an application of its own; Ctrl+C cancels it. */
export async function invoke(
  method: string,
  input: Readonly<Record<string, unknown>>,
  workspace: string | undefined,
): Promise<Reply> {
  const ahead = startAhead(createForkLauncher(jobEntry));
  // Its process starts while this one still reads its own code.
  if (methodSpec(method)?.job) ahead.warm();
  const { createApp } = await import('../../app/index.ts');
  const app = await createApp({ host: `\`holdfast ${method.replace('.', ' ')}\``, jobs: ahead.launch });
  const progress = createProgressLine();
  const stopped = new AbortController();
  const ignore = onInterrupt(() => {
    if (stopped.signal.aborted) process.exit(130);
    progress.clear();
    process.stderr.write('Stopping ...\n');
    stopped.abort();
  });
  const actor = loginName();
  const options = {
    actor,
    signal: stopped.signal,
    onProgress: (fraction: number, message: string) => progress.show(fraction, message),
  };
  try {
    if (!methodSpec(method)?.anywhere) await openWorkspace(app, workspace, actor);
    const call = method === 'jobs.start' ? startAndWait : dispatch;
    return await call(app, method, input, options);
  } catch (error) {
    const failure = toFailure(error, method);
    const interrupted = stopped.signal.aborted && failure.code !== 'cancelled';
    throw interrupted ? fail('cancelled', { what: method }, error) : failure;
  } finally {
    progress.clear();
    ahead.close();
    await app.close();
    ignore();
  }
}

type Options = NonNullable<Parameters<Application['dispatch']>[2]>;

function dispatch(app: Application, method: string, input: unknown, options: Options): Promise<Reply> {
  return app.dispatch(method, input, options);
}

/** A job ends with its host, and the command line is one for one command only: it stays until the job has ended. */
async function startAndWait(
  app: Application,
  method: string,
  input: unknown,
  options: Options,
): Promise<Reply> {
  const latest = new Map<string, Job>();
  let changed = Promise.withResolvers<void>();
  const end = app.subscribe((event) => {
    if (event.type !== 'job') return;
    latest.set(event.job.id, event.job);
    changed.resolve();
  });
  try {
    const { value } = await app.dispatch(method, input, options);
    let { job } = contract.jobs.start.output.parse(value);
    const { id } = job;
    options.signal?.addEventListener('abort', () => {
      app.dispatch('jobs.cancel', { job: id }).catch((error: unknown) => changed.reject(error));
    });
    while (job.status === 'queued' || job.status === 'running') {
      options.onProgress?.(job.fraction, job.message);
      await changed.promise;
      changed = Promise.withResolvers<void>();
      job = latest.get(id) ?? job;
    }
    return { value: { job } };
  } finally {
    end();
  }
}

async function openWorkspace(app: Application, named: string | undefined, actor: string): Promise<void> {
  const { dir, missing } = findWorkspace(named);
  if (missing) {
    process.stderr.write(`Making this user's own workspace in ${dir}\n`);
    await app.dispatch('workspaces.create', { dir }, { actor });
  } else await app.dispatch('workspaces.open', { dir }, { actor });
}
