import { Failure } from '../../../preload/contract/failure.ts';

export interface Trouble {
  readonly code: string;
  /** What happened. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Anything thrown, as what the error panel shows. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Failure) return error;
  if (typeof error === 'object' && error && 'code' in error && 'message' in error) {
    const { code, message } = error;
    const details = 'details' in error && typeof error.details === 'object' ? error.details : null;
    if (typeof code === 'string' && typeof message === 'string') {
      return { code, message, details: (details ?? {}) as Record<string, unknown> };
    }
  }
  return { code: 'page-fault', message: error instanceof Error ? error.message : String(error), details: {} };
}

const safe: Readonly<Record<string, string>> = {
  'session-ended': 'Nothing was changed. Jobs that were running go on.',
  'host-gone': 'What was finished is on disk.',
  'workspace-locked': 'Nothing was changed. Everything can still be looked at.',
  'workspace-too-new': 'Nothing was changed.',
  'workspace-damaged': 'Nothing was changed.',
  'disk-full': 'Nothing was half-written; what was there before is as it was.',
  cancelled: 'Nothing of it was kept.',
  'page-fault': 'This is a fault of the page; your data were not touched.',
  internal: 'Nothing of it was kept; what was there before is as it was.',
};

/** What was kept safe; every refusal leaves the workspace as it was. */
export function safetyOf(code: string): string {
  return safe[code] ?? 'Nothing was changed.';
}

/** A message as a sentence of its own. */
export function asSentence(message: string): string {
  const trimmed = message.trim();
  const ended = /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
