import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Link } from 'lucide-react';
import { linkHere } from './link-here.ts';
import { useTabs } from './tabs.ts';
import { words } from './words.ts';

interface Props {
  /** What on the page is meant: the `data-anchor` of the element, such as `figure-roc`. */
  readonly at?: string;
  /** What it leads to, for its name: "this figure". */
  readonly what?: string;
}

/** Copies a link to what is looked at. It leads there in this workspace wherever that is open: a link only navigates. */
export function CopyLink({ at, what = words.thisPage }: Props) {
  const workspace = useTabs((state) => state.workspace);
  const { copy, copied } = useClipboard({ timeout: 1200 });
  if (workspace === null) return null;
  return (
    <ActionIcon
      className="copy-link"
      aria-label={words.copyLink(what)}
      title={words.copyLink(what)}
      onClick={() => copy(linkHere(at ?? null))}
    >
      {copied ? <Check size={14} aria-hidden /> : <Link size={14} aria-hidden />}
      {copied ? (
        <span className="visually-hidden" role="status">
          {words.copied}
        </span>
      ) : null}
    </ActionIcon>
  );
}

/** The same as an entry of a menu. */
export function CopyLinkItem({ at, what = words.thisPage }: Props) {
  const workspace = useTabs((state) => state.workspace);
  const { copy } = useClipboard();
  if (workspace === null) return null;
  return (
    <Menu.Item leftSection={<Link size={14} aria-hidden />} onClick={() => copy(linkHere(at ?? null))}>
      {words.copyLink(what)}
    </Menu.Item>
  );
}
