import { useEffect, useEffectEvent, useRef } from 'react';
import type { EditorView } from 'codemirror';
import './sql-editor.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Mod+Enter. */
  readonly onRun: () => void;
}

/** A text editor for SQL; the editor itself is loaded when the first one is shown, and a plain text field stands in until then. */
export function SqlEditor({ label, value, onChange, onRun }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const run = useEffectEvent(onRun);
  const current = useEffectEvent(() => value);
  useEffect(() => {
    let gone = false;
    const show = async (): Promise<void> => {
      const { EditorView: View, basicSetup } = await import('codemirror');
      if (gone || !frame.current) return;
      view.current = new View({
        doc: current(),
        parent: frame.current,
        extensions: [
          View.domEventHandlers({
            keydown(event) {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
              event.preventDefault();
              run();
              return true;
            },
          }),
          basicSetup,
          View.lineWrapping,
          View.contentAttributes.of({ 'aria-label': label }),
          View.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      });
    };
    void show();
    return () => {
      gone = true;
      view.current?.destroy();
      view.current = null;
    };
  }, [label]);
  // A text that was set from elsewhere replaces what stands in the editor.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  return <div ref={frame} className="sql-editor" />;
}
