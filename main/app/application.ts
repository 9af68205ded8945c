import type { AppEvent } from '../../preload/contract/events.ts';
import type { Reply } from '../../preload/contract/client.ts';

export interface CallOptions {
  /** Who asks: the user's login name, for the record. */
  readonly actor?: string;
  readonly signal?: AbortSignal;
  /** Progress of this call, for callers that wait (the command line). */
  readonly onProgress?: (fraction: number, message: string, live?: Readonly<Record<string, number>>) => void;
}

/** The product, as every host sees it. */
export interface Application {
  /**
   * Checks the input against the contract, runs the method, checks the output.
   * Rejects with a `Failure` and nothing else.
   */
  dispatch(method: string, input: unknown, options?: CallOptions): Promise<Reply>;
  subscribe(listener: (event: AppEvent) => void): () => void;
  /** Jobs that would be lost by closing now. */
  running(): readonly { readonly id: string; readonly title: string }[];
  /** Cancels what runs, closes the workspace, ends job processes. */
  close(): Promise<void>;
}
