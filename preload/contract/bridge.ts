import type { AppEvent } from './events.ts';
import type { FailureJson } from './failure.ts';

/** A call's answer over IPC, where errors would lose their fields. */
export type BridgeReply =
  | { readonly ok: true; readonly value: unknown; readonly table?: Uint8Array }
  | { readonly ok: false; readonly error: FailureJson };

/** What a system dialog asks for: a table to import, a folder that is there, or the name of a new one. */
export type Choice = 'file' | 'folder' | 'new-folder';

/** What the system asks the window to open, by a double click or a link; a workspace is opened by the host itself. */
export type Opening =
  | { readonly kind: 'table'; readonly path: string }
  /** `holdfast://ws_...`, as it came; see `links.ts`. */
  | { readonly kind: 'link'; readonly text: string };

/** One of the page's actions, for the window's own menu. */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  /** Which menu it belongs to; the order of a menu is the order of its entries. */
  readonly menu: 'file' | 'edit' | 'view' | 'go' | 'page' | 'help';
  /** In Electron's form: `CmdOrCtrl+K`; null where there is none that a menu can show. */
  readonly accelerator: string | null;
  /** False: the page hears the keys itself, the menu only shows them. */
  readonly registers: boolean;
  readonly enabled: boolean;
}

export interface WindowMenu {
  /** Menu titles and the host's own entries, in the page's language. */
  readonly words: Readonly<Record<MenuEntry['menu'] | 'newWorkspace' | 'openWorkspace', string>>;
  readonly entries: readonly MenuEntry[];
}

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
  /** Puts the page's actions into the window's menu, in place of those before. */
  showMenu(menu: WindowMenu): void;
  /** Tells the id of an entry that was chosen. */
  onMenu(listener: (id: string) => void): () => void;
  /** Tells what the system asks to open, also what it asked before anybody listened. */
  onOpen(listener: (opening: Opening) => void): () => void;
}
