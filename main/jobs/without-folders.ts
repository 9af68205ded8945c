/** Words that hold absolute paths, with each path cut down to its last part: what is kept in a workspace must not say where it lay. */
export function withoutFolders(text: string): string {
  return text
    .replace(quoted, (_, mark: string, path: string) => `${mark}${lastPart(path)}${mark}`)
    .replace(bare, (path) => lastPart(path));
}

/** JSON of a value, every text in it without folders. */
export function jsonWithoutFolders(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? withoutFolders(inner) : inner,
  );
}

const quoted = /(["'`])((?:file:)?(?:[A-Za-z]:)?[\\/][^"'`\n]*)\1/g;
const bare = /(?<![\w/\\:.])(?:file:)?(?:[A-Za-z]:)?[\\/](?:[^\s"'`\\/]+[\\/])+[^\s"'`\\/]*/g;

function lastPart(path: string): string {
  const scheme = path.startsWith('file:') ? 'file:' : '';
  return scheme + (path.split(/[\\/]/).findLast((part) => part !== '') ?? '');
}
