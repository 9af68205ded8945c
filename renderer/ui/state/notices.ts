import { create } from 'zustand';
import { currentPlace } from '../navigation/router.ts';
import type { Tone } from './seal.tsx';

export interface Notice {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tone: Tone;
  readonly title: string;
  readonly message: string;
  /** Where to see what it is about. */
  readonly path: string | null;
}

interface Notices {
  /** Newest first. */
  readonly history: readonly Notice[];
  readonly unread: number;
}

const most = 100;

/** What happened, to be looked up in the activity tray. */
export const useNotices = create<Notices>()(() => ({ history: [], unread: 0 }));

export interface NoticeSpec {
  readonly title: string;
  readonly message?: string;
  readonly tone?: Tone;
  readonly path?: string;
}

let show: ((notice: Notice) => void) | null = null;

/** How a notice appears on the screen: the shell's business. */
export function showNoticesWith(shower: (notice: Notice) => void): void {
  show = shower;
}

/**
 * Tells the person something that needs no answer: it appears for a moment and stays in the history. What is on the screen
 * already (`path` is where they are) goes to the history alone.
 */
export function notify({ title, message = '', tone = 'plain', path }: NoticeSpec): void {
  const { history, unread } = useNotices.getState();
  const notice = {
    id: (history[0]?.id ?? 0) + 1,
    at: Date.now(),
    tone,
    title,
    message,
    path: path ?? null,
  };
  const seen = path !== undefined && isOnScreen(path);
  useNotices.setState({
    history: [notice, ...history].slice(0, most),
    unread: seen ? unread : unread + 1,
  });
  if (!seen) show?.(notice);
}

/** The history has been looked at. */
export function readNotices(): void {
  useNotices.setState({ unread: 0 });
}

export function clearNotices(): void {
  useNotices.setState({ history: [], unread: 0 });
}

function isOnScreen(path: string): boolean {
  const here = currentPlace().path;
  return document.visibilityState === 'visible' && (here === path || here.startsWith(`${path}/`));
}
