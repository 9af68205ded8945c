import type { Opening } from '../../../preload/contract/bridge.ts';

/** Keeps what the page is to open until it listens: while the window is being made, and while a page is loaded again. */
export interface PageInbox {
  put(opening: Opening): void;
  /** The page listens from now on. */
  listening(): void;
  /** The page is gone or is loaded again. */
  gone(): void;
}

export function createPageInbox(send: (opening: Opening) => void): PageInbox {
  let waiting: Opening[] = [];
  let listens = false;
  return {
    put(opening) {
      if (listens) send(opening);
      else waiting.push(opening);
    },
    listening() {
      listens = true;
      for (const opening of waiting) send(opening);
      waiting = [];
    },
    gone() {
      listens = false;
    },
  };
}
