import { words } from './words.ts';

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a shortcut is written for people: `Ctrl K`, `⌘ K`, `G D`. */
export function shortcutWords(shortcut: string, mac = isMac): string {
  return keysOf(shortcut)
    .map((key) => {
      if (key === 'mod') return mac ? '⌘' : words.keys.ctrl;
      if (key === 'shift') return mac ? '⇧' : words.keys.shift;
      if (key === 'alt') return mac ? '⌥' : words.keys.alt;
      return named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    })
    .join(' ');
}

const named: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: words.keys.pageUp,
  PageDown: words.keys.pageDown,
};

function keysOf(shortcut: string): readonly string[] {
  return shortcut.split(/[+ ]/).filter(Boolean);
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether a key press with Ctrl, Alt or ⌘ is the shortcut. Letters go by their place where Alt makes signs of them. */
export function isPressed(shortcut: string, event: Press, mac = isMac): boolean {
  const keys = keysOf(shortcut);
  const key = keys.at(-1) ?? '';
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (other || mod !== keys.includes('mod') || event.altKey !== keys.includes('alt')) return false;
  if (event.shiftKey !== keys.includes('shift')) return false;
  const place = event.code.replace(/^(Key|Digit)/, '');
  return event.key.toLowerCase() === key.toLowerCase() || (event.altKey && place === key.toUpperCase());
}

/** Whether a shortcut needs a modifier held: those work while writing too. */
export function isModified(shortcut: string): boolean {
  return shortcut.includes('mod+') || shortcut.includes('alt+');
}

/** True while the person is writing into something, when single letters are text and not shortcuts. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
