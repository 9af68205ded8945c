import { spaceLine } from './space.ts';
import type { WorkspaceInfo } from '../../../../preload/contract/workspaces.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatSize, shortDigest } from '../text.ts';
import { blocks, type Views } from './view.ts';

export const workspaces: Views<'workspaces'> = {
  create: ({ workspace }) => `Made the workspace ${workspace.name} in ${workspace.dir}`,
  open: ({ workspace }) => viewInfo(workspace),
  close: () => 'Closed.',
  info: ({ workspace }) => viewInfo(workspace),
  recent: ({ workspaces: list, suggested }) =>
    list.length
      ? textTable(
          ['workspace', 'folder', 'opened', ''],
          list.map(({ name, dir, opened, pinned, missing }) => [
            name,
            dir,
            formatInstant(opened),
            missing ? 'not there' : pinned ? 'pinned' : '',
          ]),
        )
      : `No workspace was opened yet; \`holdfast workspaces create ${suggested}\` makes one.`,
  verify: ({ verified, problems, checked }) => {
    const looked = `${counted(checked.objects, 'object')} (${formatSize(checked.bytes)}), ${counted(checked.records, 'record')}, ${counted(checked.references, 'reference')}, ${counted(checked.journal, 'journal record')}`;
    if (verified) return `Verified: ${looked}; no problem found.`;
    return blocks(
      `NOT verified: ${counted(problems.length, 'problem')} in ${looked}.`,
      textTable(
        ['problem', 'what', 'said', 'affects'],
        problems.map(({ code, what, message, affects }) => [code, what, message, affects.join(', ')]),
      ),
    );
  },
  reclaim: ({ before, after, removed }) => spaceLine(before, after, removed),
};

function viewInfo(info: WorkspaceInfo): string {
  const { counts, journal } = info;
  return factLines({
    workspace: info.name,
    folder: info.dir,
    created: formatInstant(info.created),
    'can be changed': info.writable ? 'yes' : 'no, another process is changing it',
    datasets: `${counts.datasets} (${counted(counts.snapshots, 'snapshot')})`,
    runs: counts.runs,
    models: counts.models,
    objects: `${counts.objects} (${formatSize(info.size)})`,
    journal: `${counted(journal.records, 'record')}, head ${shortDigest(journal.head)}`,
  });
}
