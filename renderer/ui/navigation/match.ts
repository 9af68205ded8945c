export type Params = Readonly<Record<string, string>>;

/** The parameters of `path` under `pattern` (`/data/:dataset/:tab?`), or null when it does not fit. */
export function matchPath(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (given.length > wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i];
    if (part.startsWith(':')) {
      if (value === undefined && !part.endsWith('?')) return null;
      if (value !== undefined) params[part.slice(1).replace(/\?$/, '')] = unescaped(value);
    } else if (part !== value) return null;
  }
  return params;
}

/** `path` without what is optional in its pattern: the address of the object itself. */
export function objectPath(pattern: string, path: string): string {
  const needed = pattern.split('/').filter((part) => part && !part.endsWith('?')).length;
  return `/${path.split('/').filter(Boolean).slice(0, needed).join('/')}`;
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
