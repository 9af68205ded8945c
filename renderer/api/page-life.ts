import * as z from 'zod';
import { kept } from './kept.ts';

const lock = 'holdfast.page';
const Life = z.enum(['open', 'ended']);

/**
 * Whether the page before this one ended without saying so: it or the host crashed. Marks this one as open until it ends by
 * itself. Another page that is open beside this one is no crash.
 */
export async function beginPage(): Promise<'after-crash' | 'as-usual'> {
  const before = kept.read('page', Life);
  const others = await pagesBeside();
  kept.write('page', 'open');
  addEventListener('pagehide', () => {
    kept.write('page', 'ended');
    void kept.flush();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) kept.write('page', 'open');
  });
  return before === 'open' && others === 0 ? 'after-crash' : 'as-usual';
}

/** How many pages of this app were open in this browser already; holds this page's place among them. */
async function pagesBeside(): Promise<number> {
  if (!('locks' in navigator)) return 0;
  const { held = [] } = await navigator.locks.query();
  // Held until the page goes.
  void navigator.locks.request(lock, { mode: 'shared' }, () => new Promise(() => undefined));
  return held.filter(({ name }) => name === lock).length;
}
