import type * as z from 'zod';
import type { Reply } from '../../../preload/contract/client.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import type { checks as checkMethods } from '../../../preload/contract/checks.ts';
import type { datasets as datasetMethods } from '../../../preload/contract/datasets.ts';
import { textTable } from './text-table.ts';
import { counted, formatNumber, formatSize } from './text.ts';
import { viewAnything } from './views/anything.ts';
import { checks } from './views/checks.ts';
import { datasets } from './views/datasets.ts';
import { evaluation } from './views/evaluation.ts';
import { help } from './views/help.ts';
import { holdout } from './views/holdout.ts';
import { jobs } from './views/jobs.ts';
import { bundles, registry, remotes } from './views/models.ts';
import { lineage } from './views/lineage.ts';
import { privacy } from './views/privacy.ts';
import { recipes, system } from './views/results.ts';
import { runs } from './views/runs.ts';
import { sweeps } from './views/sweeps.ts';
import { training } from './views/training.ts';
import { lines, type Views } from './views/view.ts';
import { workspaces } from './views/workspaces.ts';

const views: { readonly [Domain in keyof Contract]: Views<Domain> } = {
  workspaces,
  jobs,
  datasets,
  checks,
  privacy,
  recipes,
  training,
  sweeps,
  evaluation,
  holdout,
  runs,
  lineage,
  registry,
  bundles,
  remotes,
  help,
  system,
};

/** A result as people read it on a terminal. */
export async function render(method: string, reply: Reply): Promise<string> {
  if (reply.table) return lines(await renderTable(reply.value, reply.table), ...tableFacts(reply.value));
  const [domain = '', verb = ''] = method.split('.');
  const verbs: object | undefined = new Map<string, object>(Object.entries(views)).get(domain);
  const view: unknown = new Map<string, unknown>(Object.entries(verbs ?? {})).get(verb);
  // The reply was checked against the same contract that types the view.
  return typeof view === 'function' ? String(view(reply.value)) : viewAnything(reply.value);
}

/** What a table's facts say beside its rows: what was kept, and what to know. */
function tableFacts(value: unknown): string[] {
  const { saved, notes = [] } = Object(value) as Partial<z.output<typeof datasetMethods.query.output>>;
  const { file } = Object(value) as Partial<z.output<typeof checkMethods.failing.output>>;
  const where = saved && `${saved.dataset}@${saved.version}`;
  return [
    ...(saved ? [`${saved.added ? 'Kept as' : 'Already here:'} ${where}.`] : []),
    ...(file ? [`Wrote ${counted(file.rows, 'row')} to ${file.name} (${formatSize(file.size)}).`] : []),
    ...notes,
  ];
}

async function renderTable(value: unknown, bytes: Uint8Array): Promise<string> {
  const { decodeTable } = await import('./arrow-rows.ts');
  const decoded = decodeTable(bytes);
  const {
    rows: total = decoded.rows.length,
    offset = 0,
    of,
    numbers: places,
    check,
  }: Partial<
    Pick<z.output<typeof checkMethods.failing.output>, 'rows' | 'offset' | 'of' | 'numbers' | 'check'>
  > = Object(value);
  const columns = places
    ? [decoded.columns.includes('row') ? 'row number' : 'row', ...decoded.columns]
    : decoded.columns;
  const rows = places ? decoded.rows.map((row, i) => [places[i] ?? null, ...row]) : decoded.rows;
  const passing = check
    ? ` that fail "${check.says}" (${check.severity}), of ${formatNumber(of ?? total)}`
    : of === undefined || of === total
      ? ''
      : ` that pass, of ${formatNumber(of)}`;
  const numbers = columns.filter((_, i) => rows.some((row) => typeof row[i] === 'number'));
  // Data is shown as it is, not rounded as results are; a cell left blank is a missing value, an empty text stands in quotes.
  const exact = rows.map((row) =>
    row.map((cell) => (cell === '' ? '""' : typeof cell === 'number' ? String(cell) : cell)),
  );
  const which = rows.length
    ? `Rows ${offset + 1} to ${offset + rows.length} of ${counted(total, 'row')}${passing}.`
    : `No row from ${offset + 1} on; there are ${counted(total, 'row')}${passing}.`;
  return `${textTable(columns, exact, numbers)}\n\n${which}`;
}
