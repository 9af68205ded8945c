/**
 * A refusal or fault with a code from the closed set in errors.ts, its data, and English words made from both.
 * `details` is plain JSON: it crosses every wire unchanged.
 */
export class Failure extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>>, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.details = details;
  }

  /** The shape the command line prints and the wire carries. */
  toJSON(): FailureJson {
    return { code: this.code, message: this.message, details: this.details };
  }
}

export interface FailureJson {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Words for one code: what, which or where, what would be right; lower case, no apology. */
export type Words = (details: never) => string;
