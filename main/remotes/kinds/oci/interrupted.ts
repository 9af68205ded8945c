import { fail, Failure } from '../../../../preload/contract/errors.ts';

/** A fault in the middle of a transfer that another try may cure. */
export interface Fault {
  /** 0 when there was no answer at all. */
  readonly status: number;
  readonly retryAfter: string | undefined;
}

export class Interrupted extends Error implements Fault {
  readonly status: number;
  readonly retryAfter: string | undefined;
  constructor(status: number, retryAfter?: string) {
    super(`interrupted by an answer of ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Undefined for what is final. Silence is final too, unless something had just arrived. */
export function passingFault(error: unknown, progressed: boolean): Fault | undefined {
  if (error instanceof Interrupted) return error;
  if (!(error instanceof Failure)) return undefined;
  const passing = error.code === 'remote-broken-off' || (error.code === 'remote-timeout' && progressed);
  return passing ? { status: 0, retryAfter: undefined } : undefined;
}

/** What is told when the last try was in vain. */
export function givenUp(error: unknown, { status }: Fault, host: string, tries: number): unknown {
  if (error instanceof Failure) {
    return error.code === 'remote-broken-off'
      ? fail(error.code, { host, reason: reasonIn(error), tries }, error)
      : error;
  }
  if (status === 404 || status === 416) {
    return fail(
      'remote-refused',
      { host, status, reason: 'it lost the upload again and again', during: 'an upload' },
      error,
    );
  }
  return fail('remote-busy', { host, status, tries }, error);
}

function reasonIn(error: Failure): string {
  const { reason } = error.details;
  return typeof reason === 'string' ? reason : 'no reason known';
}
