/** A link that stays good when the page's own address changes: which workspace, which page of it, and what on the page. */
export interface Link {
  /** The workspace's id. */
  readonly workspace: string;
  /** The page: `/runs/run_1`. */
  readonly path: string;
  /** What on the page: `figure-roc`, `column-price`. */
  readonly at: string | null;
  /** Other things that say what is looked at, by key. */
  readonly query: Readonly<Record<string, string>>;
}

/** `holdfast://ws_1/runs/run_1?at=figure-roc`; text that any host and any person can carry. */
export function linkText({ workspace, path, at, query }: Link): string {
  const wanted = new URLSearchParams({ ...query, ...(at === null ? {} : { at }) }).toString();
  return `holdfast://${workspace}${path}${wanted ? `?${wanted}` : ''}`;
}

/** Null for text that is no link of ours. A link is a place to go to and nothing else. */
export function readLink(text: string): Link | null {
  const parts = /^holdfast:\/\/(ws_[0-9a-z]{1,64})(\/[^?#\s]{0,500})?(?:\?([^#\s]{0,500}))?$/.exec(
    text.trim(),
  );
  if (!parts) return null;
  const { at = null, ...query } = Object.fromEntries(new URLSearchParams(parts[3] ?? '')) as {
    at?: string;
  } & Record<string, string>;
  return { workspace: parts[1] ?? '', path: parts[2] ?? '/', at, query };
}
