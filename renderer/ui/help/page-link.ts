import { pathOf } from '../navigation/router.ts';

/** Where a link of the manual leads in the app: `concepts/roc-curve.md#top` to `/learn/roc-curve?at=top`; null for an address outside. */
export function pageLink(href: string, page: string): string | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(href)) return null;
  const [file = '', at = ''] = href.split('#', 2);
  const name = file.split('/').at(-1)?.replace(/\.md$/, '');
  return `${pathOf('learn', name || page)}${at ? `?at=${encodeURIComponent(at)}` : ''}`;
}

/** The name of a heading in an address, as GitHub makes it. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}
