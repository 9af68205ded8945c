import { useEffect } from 'react';
import type { Place } from './router.ts';

const patience = 10_000;

/**
 * Brings what a link points at (`?at=figure-roc`: the element with `data-anchor="figure-roc"`) into view and marks it for a
 * moment, as soon as the page shows it.
 */
export function useAnchor({ query }: Place): void {
  useEffect(() => {
    const at = query.get('at');
    const page = document.getElementById('content');
    if (at === null || !page) return undefined;
    let waiting: MutationObserver | null = null;
    const find = () => {
      const found = page.querySelector(`[data-anchor="${CSS.escape(at)}"]`);
      if (!found) return false;
      found.scrollIntoView({ block: 'center' });
      found.setAttribute('data-found', '');
      setTimeout(() => found.removeAttribute('data-found'), 2500);
      return true;
    };
    if (!find()) {
      waiting = new MutationObserver(() => {
        if (find()) waiting?.disconnect();
      });
      waiting.observe(page, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['data-anchor'],
      });
    }
    const giveUp = setTimeout(() => waiting?.disconnect(), patience);
    return () => {
      clearTimeout(giveUp);
      waiting?.disconnect();
    };
  }, [query]);
}
