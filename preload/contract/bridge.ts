import type { AppEvent } from './events.ts';
import type { FailureJson } from './failure.ts';

/** A call's answer over IPC, where errors would lose their fields. */
export type BridgeReply =
  | { readonly ok: true; readonly value: unknown; readonly table?: Uint8Array }
  | { readonly ok: false; readonly error: FailureJson };

/** What a system dialog asks for: a table to import, a folder that is there, or the name of a new one. */
export type Choice = 'file' | 'folder' | 'new-folder';

/** What the sandboxed preload puts on `window.holdfast`; absent in a browser. */
export interface Bridge {
  /** `callId` is the page's own name for the call, for `cancel`. */
  call(method: string, input: unknown, callId: string): Promise<BridgeReply>;
  cancel(callId: string): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AppEvent) => void): () => void;
  /** The path of a dropped or chosen file; '' for a file that is not on disk. */
  pathOf(file: File): string;
  /** The system's own dialog; null when it was dismissed. */
  choose(what: Choice): Promise<string | null>;
}
