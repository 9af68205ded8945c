const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a shortcut is written for people: `Ctrl K`, `⌘ K`, `G D`. */
export function shortcutWords(shortcut: string, mac = isMac): string {
  return shortcut
    .split(/[+ ]/)
    .map((key) => {
      if (key === 'mod') return mac ? '⌘' : 'Ctrl';
      if (key === 'shift') return mac ? '⇧' : 'Shift';
      if (key === 'alt') return mac ? '⌥' : 'Alt';
      return key.length === 1 ? key.toUpperCase() : key;
    })
    .join(' ');
}

/** True while the person is writing into something, when single letters are text and not shortcuts. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
