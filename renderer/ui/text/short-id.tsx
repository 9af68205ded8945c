import { CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { words } from './format-words.ts';
import './short-id.css';

/** The first characters of an id; a click copies all of it. */
export function ShortId({
  id,
  length = 12,
  label = words.id,
}: {
  id: string;
  length?: number;
  label?: string;
}) {
  const short = id.length > length ? id.slice(0, length) : id;
  return (
    <CopyButton value={id} timeout={1200}>
      {({ copied, copy }) => (
        <button
          type="button"
          className="short-id"
          title={`${id}\n${words.clickToCopy}`}
          aria-label={words.copy(label, short)}
          onClick={copy}
        >
          {short}
          {copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
          {copied ? (
            <span className="visually-hidden" role="status">
              {words.copied}
            </span>
          ) : null}
        </button>
      )}
    </CopyButton>
  );
}
