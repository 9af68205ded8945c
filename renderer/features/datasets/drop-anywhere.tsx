import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { go } from '../../ui/navigation/router.ts';
import { notify } from '../../ui/state/notices.ts';
import { makeOrOpen } from '../start/make-or-open.ts';
import { useImportDraft } from './importing/store.ts';
import { words } from './importing/words.ts';
import './drop-anywhere.css';

/** A file dropped anywhere in the window is the beginning of an import; where no workspace is open, into the user's own. */
export function DropAnywhere({ hasWorkspace }: { hasWorkspace: boolean }) {
  const { client, pathOf } = useBackend();
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
      if (file) receive(file).catch((error: unknown) => refuse(error));
    };
    const receive = async (file: File): Promise<void> => {
      if (!hasWorkspace) {
        const { suggested } = await client.workspaces.recent({});
        await makeOrOpen(client, suggested.replace(/[^/\\]+$/, 'default'));
      }
      go('/data/import');
      await useImportDraft.getState().receive(file, pathOf);
    };
    const refuse = (error: unknown): void =>
      notify({
        title: words.dropFailed,
        message: error instanceof Error ? error.message : String(error),
        tone: 'bad',
      });
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
  }, [client, pathOf, hasWorkspace]);
  if (!over) return null;
  return (
    <div className="drop-anywhere">
      <FileDown size={28} strokeWidth={1.25} aria-hidden />
      <p>{hasWorkspace ? words.drop : words.dropOwn}</p>
    </div>
  );
}
