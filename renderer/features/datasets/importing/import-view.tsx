import { Button, FileButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { FileSearch, FileUp } from 'lucide-react';
import { useState } from 'react';
import { useBackend } from '../../../api/context.ts';
import { useFacts } from '../../../api/facts.ts';
import { useJobCall } from '../../../api/jobs.ts';
import type { OutputOf } from '../../../api/methods.ts';
import { PathInput } from '../../../ui/form/path-input.tsx';
import { go, pathOf as pagePath } from '../../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../../ui/page-head.tsx';
import { EmptyState } from '../../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { Waiting } from '../../../ui/state/waiting.tsx';
import { formatBytes } from '../../../ui/text/format.ts';
import { AskPassword } from './ask-password.tsx';
import { ChooseTable } from './choose-table.tsx';
import { notifyAdded } from './notify-added.ts';
import { OptionsForm } from './options-form.tsx';
import { PasteTable } from './paste-table.tsx';
import { PreviewTable } from './preview-table.tsx';
import { useImportDraft } from './store.ts';
import { words } from './words.ts';
import './import.css';

const accepted =
  '.csv,.tsv,.txt,.gz,.zst,.json,.jsonl,.ndjson,.parquet,.arrow,.arrows,.feather,.ipc,.xlsx,.sqlite,.sqlite3,.db,.duckdb';

/** Where what needs looking at is: rules that fail, then rows that did not fit. */
function placeAfter({ dataset, version, snapshot, checks }: OutputOf<'datasets.import'>): string {
  if (checks?.failed.length) return `/checks/suite?dataset=${encodeURIComponent(`${dataset}@${version}`)}`;
  return snapshot.rejected ? pagePath('data', dataset, 'rejected') : pagePath('data', dataset);
}

/** Looks at a file, shows what was detected, lets it be said otherwise, and imports it. */
export function ImportView() {
  const { pathOf, choose } = useBackend();
  const draft = useImportDraft();
  const [path] = useDebouncedValue(draft.path.trim(), 250);
  const [options] = useDebouncedValue(draft.options, 250);
  // Of the address it was typed in for; never part of the draft, which is kept.
  const [login, setLogin] = useState({ path: '', password: '' });
  const password = login.path === path && login.password !== '' ? { password: login.password } : {};
  const inspected = useFacts(
    'datasets.inspect',
    { path, options, ...password },
    { when: path !== '', keep: true },
  );
  const job = useJobCall('datasets.import', (output) => {
    notifyAdded(output);
    useImportDraft.getState().begin({});
    go(placeAfter(output));
  });
  const data = path ? inspected.data : undefined;
  const isOld = inspected.isPlaceholderData;
  return (
    <PageBody>
      <PageHead
        trail={[[words.data, '/data']]}
        title={draft.name ? words.next(draft.name) : words.title}
        facts={data ? [data.file.name, formatBytes(data.file.size), words.columns(data.columns.length)] : []}
        actions={
          <Button
            variant="filled"
            leftSection={<FileUp size={14} aria-hidden />}
            disabled={!data || isOld || inspected.error !== null || job.running}
            loading={job.running}
            onClick={() =>
              void job.start({
                path: draft.path.trim(),
                options: draft.options,
                ...(draft.name ? { name: draft.name } : {}),
                ...password,
              })
            }
          >
            {words.import}
          </Button>
        }
      />
      <div className="import__source">
        <div className="grow">
          <PathInput
            label={words.file}
            what="file"
            value={draft.path}
            placeholder={words.placeholder}
            onChange={(next) => draft.begin({ path: next, name: draft.name })}
          />
        </div>
        {choose ? null : (
          <FileButton
            accept={accepted}
            onChange={(file) => {
              if (file) void draft.receive(file, pathOf);
            }}
          >
            {(props) => (
              <Button {...props} mt={20}>
                {words.choose}
              </Button>
            )}
          </FileButton>
        )}
        <TextInput
          label={words.name}
          placeholder={words.nameHint}
          value={draft.name}
          w={180}
          onChange={(event) => draft.setName(event.currentTarget.value)}
        />
      </div>
      {draft.arriving ? (
        <p className="dim" role="status">
          {words.taking(draft.arriving.name, formatBytes(draft.arriving.size))}
        </p>
      ) : null}
      {draft.problem ? <ErrorPanel error={draft.problem} what={words.takingFile} /> : null}
      {job.running ? <JobProgress job={job.job} stops={words.stops} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.theImport} /> : null}
      {path && inspected.error && !inspected.isFetching ? (
        <ChooseTable error={inspected.error} onChoose={draft.setOption}>
          <AskPassword error={inspected.error} onGive={(given) => setLogin({ path, password: given })}>
            <ErrorPanel
              error={inspected.error}
              what={words.reading}
              onRetry={() => void inspected.refetch()}
            />
          </AskPassword>
        </ChooseTable>
      ) : null}
      {path && !data && inspected.isFetching ? <Waiting words={words.looking} /> : null}
      {data ? (
        <div className="import__body" data-old={isOld || undefined}>
          <PreviewTable
            inspected={data}
            options={draft.options}
            onColumns={(columns) => draft.setOption('columns', columns)}
          />
          <OptionsForm inspected={data} options={draft.options} onChange={draft.setOption} />
        </div>
      ) : null}
      {!path && !draft.arriving ? (
        <EmptyState
          icon={FileSearch}
          action={<PasteTable onText={(file) => void draft.receive(file, pathOf)} />}
        >
          {words.empty}
        </EmptyState>
      ) : null}
    </PageBody>
  );
}
