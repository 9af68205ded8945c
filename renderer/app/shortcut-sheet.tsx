import { Kbd, Modal } from '@mantine/core';
import { create } from 'zustand';
import { actionGroups, shortcutsOf, type Action } from '../ui/actions/action.ts';
import { shortcutWords } from '../ui/actions/shortcut.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { words } from './words.ts';
import './shortcut-sheet.css';

export const useSheet = create<{ readonly open: boolean }>()(() => ({ open: false }));

interface Row {
  readonly label: string;
  readonly shortcuts: readonly string[];
}

/** Every shortcut there is, of this page first. */
export function ShortcutSheet({ commands }: { commands: readonly Action[] }) {
  const open = useSheet((state) => state.open);
  const lists = useShownActions((state) => state.lists);
  const close = () => useSheet.setState({ open: false });
  return (
    <Modal opened={open} onClose={close} title={words.shortcuts.title} size={760}>
      {open ? (
        <div className="shortcut-sheet">
          {sections([...Object.values(lists).flat(), ...commands]).map(({ title, rows }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {rows.map(({ label, shortcuts }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      {shortcuts.map((shortcut, i) => (
                        <span key={shortcut}>
                          {i > 0 ? <span className="dim">{` ${words.shortcuts.or} `}</span> : null}
                          <Kbd>{shortcutWords(shortcut)}</Kbd>
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      ) : null}
    </Modal>
  );
}

const unnamed: Readonly<Partial<Record<(typeof actionGroups)[number], readonly Row[]>>> = {
  go: [{ label: words.shortcuts.pages, shortcuts: ['alt+1–9'] }],
  tabs: [{ label: words.shortcuts.arrows, shortcuts: ['ArrowLeft', 'ArrowRight'] }],
  page: [{ label: words.shortcuts.menu, shortcuts: ['shift+F10'] }],
};

function sections(
  actions: readonly Action[],
): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  return actionGroups.flatMap((group) => {
    const own = actions.filter((action) => (action.group ?? 'page') === group && action.shortcut);
    const rows = [
      ...own.map((action) => ({ label: action.label, shortcuts: shortcutsOf(action) })),
      ...(unnamed[group] ?? []),
    ];
    return rows.length ? [{ title: words.groups[group], rows }] : [];
  });
}
