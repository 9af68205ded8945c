import type { Problem } from '../../preload/contract/workspaces.ts';
import type { Db, Row } from '../platform/database/index.ts';
import { problem } from './problem.ts';

export type ObjectInjury = 'object-damaged' | 'object-missing';

export interface KnownObject {
  readonly digest: string;
  readonly kind: string;
  readonly size: number;
  /** Digests of the objects its bytes refer to. */
  readonly children: readonly string[];
}

/** Every object that a record names. What a damaged record says of its children is none. */
export function knownObjects(db: Db): KnownObject[] {
  return db
    .all<{ digest: string; kind: string; size: number; children: string }>(
      'SELECT digest, kind, size, children FROM objects ORDER BY digest',
    )
    .map(({ children, ...object }) => ({ ...object, children: readChildren(children) }));
}

function readChildren(text: string): string[] {
  try {
    const children: unknown = JSON.parse(text);
    return Array.isArray(children) ? children.filter((child) => typeof child === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Turns damaged and missing objects into problems that name what can't be used because of them.
 * `injured` maps a digest to what is wrong with it.
 */
export function explainObjects(
  db: Db,
  objects: readonly KnownObject[],
  injured: ReadonlyMap<string, ObjectInjury>,
): Problem[] {
  const broken = new Map(injured);
  const parents = new Map<string, string[]>();
  const kinds = new Map(objects.map(({ digest, kind }) => [digest, kind]));
  for (const { digest, children } of objects) {
    for (const child of children) {
      const others = parents.get(child);
      if (others) others.push(digest);
      else parents.set(child, [digest]);
      if (!kinds.has(child) && !broken.has(child)) broken.set(child, 'object-missing');
    }
  }
  const users = broken.size ? usersOf(db) : new Map<string, string[]>();
  return [...broken].map(([digest, code]) => {
    const kind = kinds.get(digest) ?? 'object';
    const words = code === 'object-missing' ? 'is missing' : 'is damaged: its bytes do not match its name';
    const message = `object ${digest} (${kind}) ${words}`;
    const affected = [...ancestors(digest, parents)].flatMap((object) => users.get(object) ?? []);
    return problem(code, digest, message, [...new Set(affected)]);
  });
}

function ancestors(digest: string, parents: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set([digest]);
  // A set grows while it is walked: each parent joins the end once.
  for (const next of found) for (const parent of parents.get(next) ?? []) found.add(parent);
  return found;
}

/** Dataset versions and runs by the objects they refer to, in words people know; none where the tables can't be read. */
function usersOf(db: Db): Map<string, string[]> {
  const users = new Map<string, string[]>();
  const add = ({ name, ...digests }: Row): void => {
    for (const digest of Object.values(digests)) {
      if (typeof digest !== 'string') continue;
      const others = users.get(digest);
      if (others) others.push(String(name));
      else users.set(digest, [String(name)]);
    }
  };
  try {
    db.all(
      `SELECT 'dataset ' || v.dataset || '@' || v.version AS name, s.manifest, v.rejects
       FROM versions v JOIN snapshots s ON s.id = v.snapshot`,
    ).forEach(add);
    db.all(
      `SELECT 'run ' || id AS name, split, pipeline, model, evaluation, history, golden, manifest FROM runs`,
    ).forEach(add);
  } catch {
    // The damage itself is named elsewhere in the report.
  }
  return users;
}
