import { ActionIcon } from '@mantine/core';
import { Tag, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DatasetVersion, Field } from '../../../../preload/contract/datasets.ts';
import { pathOf } from '../../../ui/navigation/router.ts';
import { Moment } from '../../../ui/text/moment.tsx';
import { ShortId } from '../../../ui/text/short-id.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { DeletePanel } from './delete-panel.tsx';
import { VersionForm } from './version-form.tsx';
import { words } from './words.ts';
import './history.css';

interface Props {
  readonly name: string;
  readonly current: number;
  readonly versions: readonly DatasetVersion[];
  readonly schema: readonly Field[];
}

interface Open {
  readonly version: number;
  readonly how: 'edit' | 'delete';
}

/** Versions as a commit list, newest first, each with what changed in size; any two can be compared. */
export function HistoryTab({ name, current, versions, schema }: Props) {
  const newest = versions.toSorted((a, b) => b.version - a.version);
  const index = newest.findIndex(({ version }) => version === current);
  const [chosen, choose] = useState<{ from?: number; to?: number }>({});
  const [open, setOpen] = useState<Open | null>(null);
  const known = (version: number | undefined): number | undefined =>
    newest.find((one) => one.version === version)?.version;
  const to = known(chosen.to) ?? current;
  const from = known(chosen.from) ?? newest[index + 1]?.version ?? newest.at(-1)?.version ?? current;
  const toggle = (wanted: Open): void =>
    setOpen(open?.version === wanted.version && open.how === wanted.how ? null : wanted);
  return (
    <div className="stack history">
      <div className="row history__links">
        <a href={`#${pathOf('data', 'trash')}`}>{words.trash}</a>
      </div>
      <ul className="history-list" aria-label={words.list}>
        {newest.map((one, i) => (
          <li key={one.version} data-current={one.version === current || undefined}>
            <div className="history-list__line">
              {newest.length > 1 ? (
                <span className="history-list__ends">
                  {(['from', 'to'] as const).map((end) => (
                    <label key={end} title={words[`${end}Of`](one.version)}>
                      <input
                        type="radio"
                        name={`compare-${end}`}
                        aria-label={words[`${end}Of`](one.version)}
                        checked={(end === 'from' ? from : to) === one.version}
                        onChange={() => choose({ ...chosen, [end]: one.version })}
                      />
                      <span className="dim small">{words[end]}</span>
                    </label>
                  ))}
                </span>
              ) : null}
              <span className="history-list__name">
                <a href={`#${pathOf('data', `${name}@${one.version}`)}`}>{words.version(one.version)}</a>
                {one.tags.map((tag) => (
                  <span key={tag} className="tag">
                    <Tag size={10} aria-hidden />
                    {tag}
                  </span>
                ))}
              </span>
              <span className="truncate">
                {words.rows(one.snapshot.rows)}, {words.columns(one.snapshot.columns)}
                <span className="dim"> {difference(one, newest[i + 1])}</span>
                {one.source ? (
                  <span className="dim"> {words.source(one.source.file, one.source.size)}</span>
                ) : null}
                {one.note ? <span className="history-list__note">{one.note}</span> : null}
              </span>
              <span className="dim small">
                {one.by}, <Moment at={one.created} />
              </span>
              <ShortId id={one.snapshot.id} label={words.snapshotId} />
              <span className="row history-list__actions">
                <ActionIcon
                  variant="subtle"
                  aria-label={words.edit(one.version)}
                  title={words.edit(one.version)}
                  aria-expanded={open?.version === one.version && open.how === 'edit'}
                  onClick={() => toggle({ version: one.version, how: 'edit' })}
                >
                  <Tag size={14} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  aria-label={words.delete(one.version)}
                  title={words.delete(one.version)}
                  aria-expanded={open?.version === one.version && open.how === 'delete'}
                  onClick={() => toggle({ version: one.version, how: 'delete' })}
                >
                  <Trash2 size={14} aria-hidden />
                </ActionIcon>
              </span>
            </div>
            {open?.version === one.version && open.how === 'edit' ? (
              <VersionForm name={name} version={one} onClose={() => setOpen(null)} />
            ) : null}
            {open?.version === one.version && open.how === 'delete' ? (
              <DeletePanel
                name={name}
                version={one.version}
                shown={one.version === current}
                onClose={() => setOpen(null)}
                left={newest.filter(({ version }) => version !== one.version).map(({ version }) => version)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {newest.length > 1 ? (
        <ComparePanel key={`${from} ${to}`} name={name} from={from} to={to} schema={schema} />
      ) : (
        <p className="dim">{words.compare.one}</p>
      )}
    </div>
  );
}

function signed(n: number, text: (n: number) => string): string {
  return n === 0 ? '' : `${n > 0 ? '+' : '−'}${text(Math.abs(n))}`;
}

function difference(one: DatasetVersion, before: DatasetVersion | undefined): string {
  if (!before) return words.first;
  const parts = [
    signed(one.snapshot.rows - before.snapshot.rows, words.rows),
    signed(one.snapshot.columns - before.snapshot.columns, words.columns),
  ].filter(Boolean);
  return parts.length ? parts.join(', ') : words.sameSize;
}
