import { Failure } from '../../../preload/contract/failure.ts';
import { words } from './words.ts';

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

/** What was kept safe; every refusal leaves the workspace as it was. */
export function safetyOf(code: string): string {
  const { safe } = words;
  return Object.hasOwn(safe, code) ? safe[code as keyof typeof safe] : safe.other;
}

/** A message as a sentence of its own. */
export function asSentence(message: string): string {
  const trimmed = message.trim();
  const ended = /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
