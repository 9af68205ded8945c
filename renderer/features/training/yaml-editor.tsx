import { defaultKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import './yaml-editor.css';

export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Where in a text the cursor is, or what is selected. */
export interface Cursor {
  readonly from: number;
  readonly to: number;
}

export interface YamlEditorProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly marks: readonly Mark[];
  /** Goes there and takes the focus, each time another object comes. */
  readonly jump: { readonly to: number } | null;
  /** Asked once: where the cursor was when somebody was typing in what stood here before. */
  readonly takeCursor: () => Cursor | null;
  readonly onChange: (text: string) => void;
}

/** YAML with colours, line numbers and marks. The text is the caller's: there is no history here, and Tab moves on as in any field. */
export function YamlEditor({ label, value, hint, marks, jump, takeCursor, onChange }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  /** True while the caller's own text is put in. */
  const settling = useRef(false);
  const changed = useEffectEvent((text: string) => onChange(text));
  const beginning = useEffectEvent(() => value);
  const carried = useEffectEvent(() => takeCursor());
  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: beginning(),
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          indentOnInput(),
          bracketMatching(),
          yaml(),
          syntaxHighlighting(classHighlighter),
          keymap.of(defaultKeymap),
          placeholder(hint),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !settling.current) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    const taken = carried();
    if (taken) {
      const { length } = view.state.doc;
      view.dispatch({
        selection: { anchor: Math.min(taken.from, length), head: Math.min(taken.to, length) },
      });
      view.focus();
    }
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [label, hint]);
  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const before = view.state.doc.toString();
    if (before === value) return;
    settling.current = true;
    view.dispatch({ changes: difference(before, value) });
    settling.current = false;
  }, [value]);
  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const length = view.state.doc.length;
    view.dispatch(
      setDiagnostics(
        view.state,
        marks.map(({ from, to, message }) => ({
          from: Math.min(from, length),
          to: Math.min(to, length),
          severity: 'error',
          message,
        })),
      ),
    );
  }, [marks]);
  useEffect(() => {
    const view = editor.current;
    if (!view || !jump) return;
    view.dispatch({ selection: { anchor: Math.min(jump.to, view.state.doc.length) }, scrollIntoView: true });
    view.focus();
  }, [jump]);
  return <div className="yaml-editor" ref={place} />;
}

/** What lies between the common beginning and the common end, so that the cursor stays where it can. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let end = 0;
  while (end < most - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
