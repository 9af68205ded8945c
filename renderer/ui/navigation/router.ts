import { useSyncExternalStore } from 'react';

/** Where the page is: the part of the address after `#`, the same in a window and in a browser. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query. */
  readonly full: string;
}

let last = '';
let place: Place = { path: '/', query: new URLSearchParams(), full: '/' };

export function currentPlace(): Place {
  if (location.hash !== last || last === '') {
    last = location.hash;
    const full = last.replace(/^#/, '') || '/';
    const [path = '', query = ''] = full.split('?', 2);
    place = { path: path || '/', query: new URLSearchParams(query), full };
  }
  return place;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, currentPlace);
}

/** Goes to a path such as `/data/houses`; `replace` leaves no step to go back to. */
export function go(path: string, how: { readonly replace?: boolean } = {}): void {
  if (!how.replace) location.hash = path;
  else {
    history.replaceState(null, '', `#${path}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

/** A path from parts, each escaped; `@` stays readable. */
export function pathOf(...parts: readonly string[]): string {
  return `/${parts.map((part) => encodeURIComponent(part).replaceAll('%40', '@')).join('/')}`;
}
