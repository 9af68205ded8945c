import * as z from 'zod';

export type Json = z.core.util.JSONType;

const Entry = z.object({ at: z.number(), value: z.json() });
type Entry = z.infer<typeof Entry>;

const prefix = 'holdfast.kept.';
/** How long values are gathered before the host writes them, in milliseconds; the page's own copy is made at once. */
const pause = 150;

export interface Kept {
  /** Begins with what the host kept; what this page's own storage holds newer is told to the host. */
  connect(hosts: Readonly<Record<string, Json>>, write: (key: string, value: Json) => Promise<unknown>): void;
  /** The value under a key, if there is one of the shape asked for. */
  read<T>(key: string, shape: z.ZodType<T>): T | undefined;
  /** When the value under a key was last written, in milliseconds since 1970. */
  at(key: string): number | undefined;
  /** Keeps a value that JSON can say; null forgets it. */
  write(key: string, value: unknown): void;
  /** Tells the host what it has not been told; what it can't take now is told with the next change. */
  flush(): Promise<void>;
}

/**
 * What the page keeps between starts: settings, tabs, drafts. Twice: in the page's own storage at once, for a page that
 * crashes; and with the host, whose address, and so that storage, is another one after each start. The newer one counts.
 */
export function createKept(own: Pick<Storage, 'getItem' | 'setItem' | 'key' | 'length'>): Kept {
  const entries = new Map<string, Entry>();
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let tell: ((key: string, value: Json) => Promise<unknown>) | null = null;

  function keepOwn(key: string, entry: Entry): void {
    try {
      own.setItem(`${prefix}${key}`, JSON.stringify(entry));
    } catch {
      // The page's own storage is full or switched off: the host's copy remains.
    }
  }

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!tell) return;
    const keys = [...waiting];
    waiting.clear();
    const told = await Promise.allSettled(keys.map(async (key) => tell?.(key, entries.get(key) ?? null)));
    for (const [i, { status }] of told.entries()) if (status === 'rejected') waiting.add(keys[i] ?? '');
  }

  return {
    connect(hosts, write) {
      tell = write;
      for (const [key, value] of Object.entries(hosts)) {
        const entry = Entry.safeParse(value);
        if (entry.success) entries.set(key, entry.data);
      }
      for (const [key, entry] of ownEntries(own)) {
        if (entry.at <= (entries.get(key)?.at ?? 0)) continue;
        entries.set(key, entry);
        waiting.add(key);
      }
      void flush();
    },
    read(key, shape) {
      const value = entries.get(key)?.value ?? null;
      const parsed = value === null ? undefined : shape.safeParse(value);
      return parsed?.success ? parsed.data : undefined;
    },
    at: (key) => entries.get(key)?.at,
    write(key, value) {
      const now = entries.get(key)?.value ?? null;
      if (JSON.stringify(now) === JSON.stringify(value)) return;
      const entry = { at: Date.now(), value: value as Json };
      entries.set(key, entry);
      keepOwn(key, entry);
      waiting.add(key);
      timer ??= setTimeout(() => void flush(), pause);
    },
    flush,
  };
}

function ownEntries(own: Pick<Storage, 'getItem' | 'key' | 'length'>): readonly (readonly [string, Entry])[] {
  const names = Array.from({ length: own.length }, (_, i) => own.key(i) ?? '');
  return names.flatMap((name) => {
    if (!name.startsWith(prefix)) return [];
    try {
      const entry = Entry.safeParse(JSON.parse(own.getItem(name) ?? ''));
      return entry.success ? [[name.slice(prefix.length), entry.data] as const] : [];
    } catch {
      return [];
    }
  });
}

const nowhere = { getItem: () => null, setItem: () => undefined, key: () => null, length: 0 };

/** The page's. */
export const kept: Kept = createKept(typeof localStorage === 'undefined' ? nowhere : localStorage);
