import { useEffect } from 'react';
import { openBehind } from '../ui/navigation/tabs.ts';
import { tabAt } from './routes.ts';

/** A link to an object that is clicked with the middle button or Ctrl opens a tab behind what is looked at. */
export function useLinkClicks(): void {
  useEffect(() => {
    const click = (event: MouseEvent) => {
      const behind = event.button === 1 || (event.button === 0 && (event.ctrlKey || event.metaKey));
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
      if (!behind || !link || event.defaultPrevented) return;
      // Another window of the browser would not be signed in.
      event.preventDefault();
      const tab = tabAt(link.getAttribute('href')?.slice(1) ?? '');
      if (tab) openBehind(tab);
    };
    addEventListener('click', click);
    addEventListener('auxclick', click);
    return () => {
      removeEventListener('click', click);
      removeEventListener('auxclick', click);
    };
  }, []);
}
