import type { LucideIcon } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { Params } from './match.ts';

export interface PageProps {
  readonly params: Params;
  readonly query: URLSearchParams;
}

/** One page of the app: its address, its place in the side list, and its view, loaded when first looked at. */
export interface Page {
  readonly pattern: string;
  readonly title: string;
  /** In the side list and the palette, with the letter that goes there after `g`. */
  readonly nav?: { readonly icon: LucideIcon; readonly letter: string };
  /** Works without an open workspace. */
  readonly anywhere?: true;
  /** It shows an object that stays open as a tab: the tab's name, or `head`: what the page's head says, once it does. */
  readonly tab?: 'head' | ((params: Params) => string);
  /** Keys of the query that only say what is looked at: a link that is copied carries them. Others never travel. */
  readonly looks?: readonly string[];
  readonly View: ComponentType<PageProps>;
}

interface PageSpec extends Omit<Page, 'View'> {
  readonly load: () => Promise<ComponentType<PageProps>>;
}

export function definePage({ load, ...page }: PageSpec): Page {
  return { ...page, View: lazy(async () => ({ default: await load() })) };
}
