import { useCallback, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { headingId, pageLink } from './page-link.ts';
import { words } from './words.ts';

const plugins = [remarkGfm];

/** An address outside is text that can be copied; everything else was made a link within the manual before. */
function Link({ href = '', children }: { href?: string | undefined; children?: ReactNode }) {
  if (href.startsWith('#')) return <a href={href}>{children}</a>;
  return (
    <span title={words.external(href)}>
      {children} <code>{href}</code>
    </span>
  );
}

function Table({ children }: { children?: ReactNode }) {
  return (
    <div className="manual__table">
      <table>{children}</table>
    </div>
  );
}

function Heading({ children }: { children?: ReactNode }) {
  return <h2 id={headingId(textOf(children))}>{children}</h2>;
}

function Subheading({ children }: { children?: ReactNode }) {
  return <h3 id={headingId(textOf(children))}>{children}</h3>;
}

/** The manual ships without its pictures of the app, which is here to be looked at. */
function Picture({ alt }: { alt?: string | undefined }) {
  return <em>{alt}</em>;
}

/** A line that is too long for a narrow window is scrolled to, by the keyboard too. */
function Preformatted({ children }: { children?: ReactNode }) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
  return <pre tabIndex={0}>{children}</pre>;
}

const components: Components = {
  a: Link,
  table: Table,
  h2: Heading,
  h3: Subheading,
  img: Picture,
  pre: Preformatted,
};

/** Markdown of the manual; its links stay within it. */
export function Markdown({ text, page }: { text: string; page: string }) {
  const toAddress = useCallback(
    (href: string) => {
      const path = pageLink(href, page);
      return path === null ? href : `#${path}`;
    },
    [page],
  );
  return (
    <div className="manual" lang="en">
      <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={toAddress}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (node && typeof node === 'object' && 'props' in node) {
    return textOf((node.props as { children?: ReactNode }).children);
  }
  return '';
}
