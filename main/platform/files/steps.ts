/**
 * Every durable step (write, fsync, rename, unlink, commit) passes here. In normal life it only counts; with
 * `HOLDFAST_STOP_AT=<role>:<n>` the process of that role (host or job) kills itself, as the power cable would, just
 * before its n-th step, and with `HOLDFAST_FAIL_AT=<role>:<n>:<code>` that step fails with a system error (ENOSPC, EIO).
 * The reliability gate drives both.
 */
export type DurableStep = 'write' | 'sync' | 'rename' | 'unlink' | 'sync-folder' | 'commit';

const role = process.env['HOLDFAST_ROLE'] === 'job' ? 'job' : 'host';
const stop = parse(process.env['HOLDFAST_STOP_AT']);
const failure = parse(process.env['HOLDFAST_FAIL_AT']);
let taken = 0;

function parse(text: string | undefined): { at: number; code: string } | undefined {
  const [who, at, code] = (text ?? '').split(':');
  return who === role && at ? { at: Number(at), code: code ?? 'EIO' } : undefined;
}

export function durableStep(step: DurableStep, path: string): void {
  taken++;
  if (stop && taken === stop.at) {
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment; nothing may happen in it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
  }
  if (failure && taken === failure.at) {
    throw Object.assign(new Error(`${failure.code}: injected at ${step} ${path}`), { code: failure.code });
  }
}
