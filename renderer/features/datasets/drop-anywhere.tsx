import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { go } from '../../ui/navigation/router.ts';
import { useImportDraft } from './importing/store.ts';
import './drop-anywhere.css';

/** A file dropped anywhere in the window is the beginning of an import. */
export function DropAnywhere({ hasWorkspace }: { hasWorkspace: boolean }) {
  const { pathOf } = useBackend();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file || !hasWorkspace) return;
      go('/data/import');
      void useImportDraft.getState().receive(file, pathOf);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hover);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hover);
      removeEventListener('drop', drop);
    };
  }, [pathOf, hasWorkspace]);
  if (!over) return null;
  return (
    <div className="drop-anywhere">
      <FileDown size={28} strokeWidth={1.25} aria-hidden />
      <p>{hasWorkspace ? 'Drop to look at it before it is imported' : 'Open or make a workspace first'}</p>
    </div>
  );
}
