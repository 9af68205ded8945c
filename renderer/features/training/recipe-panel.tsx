import { ActionIcon, SegmentedControl, Textarea } from '@mantine/core';
import { AlertTriangle, Info, Redo2, Undo2 } from 'lucide-react';
import {
  lazy,
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { KeptRecipes } from './kept-recipes.tsx';
import { rangeOf, type TextProblem } from './recipe-text.ts';
import { recipeUndo, useTrainDraft } from './store.ts';
import { words } from './words.ts';
import type { Cursor } from './yaml-editor.tsx';

const YamlEditor = lazy(async () => ({ default: (await import('./yaml-editor.tsx')).YamlEditor }));

interface Props {
  readonly text: string;
  readonly unreadable: TextProblem | null;
  readonly resolved: OutputOf<'recipes.resolve'> | undefined;
  readonly error: Error | null;
  readonly isOld: boolean;
}

const hint = 'target: price\nfamily: linear';

/** The recipe as text: as it is written, or with every default filled in; below it what there is to know about it. */
export function RecipePanel({ text, unreadable, resolved, error, isOld }: Props) {
  const setText = useTrainDraft((state) => state.setText);
  const [side, setSide] = useState<'written' | 'resolved'>('written');
  const [jump, setJump] = useState<{ readonly to: number } | null>(null);
  const problems = resolved && !isOld && !unreadable ? resolved.problems : noProblems;
  const marks = useMemo(
    () => [
      ...(unreadable?.kind === 'syntax'
        ? [{ from: unreadable.offset, to: unreadable.offset + 1, message: unreadable.reason }]
        : []),
      ...problems.flatMap(({ path, message }) => {
        const range = rangeOf(text, path);
        return range ? [{ ...range, message }] : [];
      }),
    ],
    [text, unreadable, problems],
  );
  const cursor = useRef<Cursor | null>(null);
  const plain = <PlainText text={text} cursor={cursor} onChange={setText} />;
  return (
    <aside className="panel train__text" aria-label={words.text.heading}>
      <header>
        <h2 className="grow">{words.text.heading}</h2>
        <KeptRecipes />
        <UndoButtons />
        <SegmentedControl
          size="xs"
          aria-label={words.text.side}
          data={[
            { value: 'written', label: words.text.written },
            { value: 'resolved', label: words.text.resolved },
          ]}
          value={side}
          onChange={(next) => setSide(next)}
        />
      </header>
      <div className="body stack">
        {side === 'written' ? (
          // The recipe has one history, of form and text together; the editor's own keys must not come first.
          <div onKeyDownCapture={undoByKey}>
            <Suspense fallback={plain}>
              <YamlEditor
                label={words.text.label}
                value={text}
                hint={hint}
                marks={marks}
                jump={jump}
                takeCursor={() => {
                  const held = cursor.current;
                  cursor.current = null;
                  return held;
                }}
                onChange={setText}
              />
            </Suspense>
            {unreadable ? (
              <p className="small train__problem" role="alert">
                {unreadable.kind === 'syntax'
                  ? words.text.syntax(unreadable.reason, unreadable.line)
                  : words.text.notKeys}
              </p>
            ) : null}
          </div>
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
          <pre className="train__yaml" tabIndex={0} aria-label={words.text.resolvedLabel}>
            {resolved?.yaml ?? words.text.nothingYet}
          </pre>
        )}
        {error ? <ErrorPanel error={error} what={words.text.what} /> : null}
        {problems.length ? (
          <ul className="train__list" aria-label={words.text.problems}>
            {problems.map(({ path, message }) => {
              const range = rangeOf(text, path);
              return (
                <li key={`${path} ${message}`} className="train__problem">
                  <AlertTriangle size={14} aria-hidden />
                  <span>
                    {path && range ? (
                      <button
                        type="button"
                        className="link mono"
                        title={words.text.goThere}
                        onClick={() => {
                          setSide('written');
                          setJump({ to: range.from });
                        }}
                      >
                        {path}
                      </button>
                    ) : path ? (
                      <code>{path}</code>
                    ) : null}{' '}
                    {message}
                  </span>
                </li>
              );
            })}
          </ul>
        ) : null}
        {resolved && !isOld && !unreadable ? (
          <>
            {resolved.notes.length ? (
              <ul className="train__list" aria-label={words.text.notes}>
                {resolved.notes.map((note) => (
                  <li key={note}>
                    <Info size={14} aria-hidden />
                    <span>{note}</span>
                  </li>
                ))}
              </ul>
            ) : null}
            {resolved.hash ? (
              <p className="small dim row" style={{ gap: 4 }}>
                {words.text.recipe} <ShortId id={resolved.hash} label={words.text.hash} />
              </p>
            ) : null}
          </>
        ) : null}
        {text.trim() ? null : <p className="small dim">{words.text.enough}</p>}
      </div>
    </aside>
  );
}

/** Until the editor is there. Whoever types meanwhile goes on typing in it: where the cursor is left is told in `cursor`. */
function PlainText({
  text,
  cursor,
  onChange,
}: {
  readonly text: string;
  readonly cursor: RefObject<Cursor | null>;
  readonly onChange: (text: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    return () => {
      cursor.current =
        area && document.activeElement === area ? { from: area.selectionStart, to: area.selectionEnd } : null;
    };
  }, [cursor]);
  return (
    <Textarea
      ref={field}
      aria-label={words.text.label}
      autosize
      minRows={6}
      maxRows={24}
      spellCheck={false}
      placeholder={hint}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const noProblems: readonly { readonly path: string; readonly message: string }[] = [];

function UndoButtons() {
  const [undoes, redoes] = [recipeUndo.undoes(), recipeUndo.redoes()];
  const buttons = [
    [words.undo.undo, undoes, () => recipeUndo.undo(), Undo2],
    [words.undo.redo, redoes, () => recipeUndo.redo(), Redo2],
  ] as const;
  return buttons.map(([label, what, act, Icon]) => (
    <ActionIcon
      key={label}
      aria-label={label}
      title={what === null ? label : `${label}: ${what}`}
      disabled={what === null}
      onClick={act}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  ));
}

function undoByKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  event.stopPropagation();
  if (key === 'y' || event.shiftKey) recipeUndo.redo();
  else recipeUndo.undo();
}
