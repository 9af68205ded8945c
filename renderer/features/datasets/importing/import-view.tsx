import { Button, FileButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { FileSearch, FileUp } from 'lucide-react';
import { useBackend } from '../../../api/context.ts';
import { useFacts } from '../../../api/facts.ts';
import { useJobCall } from '../../../api/jobs.ts';
import { PathInput } from '../../../ui/form/path-input.tsx';
import { go, pathOf as pagePath } from '../../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../../ui/page-head.tsx';
import { EmptyState } from '../../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { Waiting } from '../../../ui/state/waiting.tsx';
import { formatBytes } from '../../../ui/text/format.ts';
import { notifyAdded } from './notify-added.ts';
import { OptionsForm } from './options-form.tsx';
import { PreviewTable } from './preview-table.tsx';
import { useImportDraft } from './store.ts';
import './import.css';

/** Looks at a file, shows what was detected, lets it be said otherwise, and imports it. */
export function ImportView() {
  const { pathOf, choose } = useBackend();
  const draft = useImportDraft();
  const [path] = useDebouncedValue(draft.path.trim(), 250);
  const [options] = useDebouncedValue(draft.options, 250);
  const inspected = useFacts('datasets.inspect', { path, options }, { when: path !== '', keep: true });
  const job = useJobCall('datasets.import', (output) => {
    notifyAdded(output);
    useImportDraft.getState().begin({});
    go(
      output.snapshot.rejected
        ? pagePath('data', output.dataset, 'rejected')
        : pagePath('data', output.dataset),
    );
  });
  const data = path ? inspected.data : undefined;
  const isOld = inspected.isPlaceholderData;
  return (
    <PageBody>
      <PageHead
        trail={[['Data', '/data']]}
        title={draft.name ? `Import the next version of ${draft.name}` : 'Import a file'}
        facts={data ? [data.file.name, formatBytes(data.file.size), `${data.columns.length} columns`] : []}
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
              })
            }
          >
            Import
          </Button>
        }
      />
      <div className="import__source">
        <div className="grow">
          <PathInput
            label="File"
            what="file"
            value={draft.path}
            placeholder="path of a CSV or TSV file on this computer"
            onChange={(next) => draft.begin({ path: next, name: draft.name })}
          />
        </div>
        {choose ? null : (
          <FileButton
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            onChange={(file) => {
              if (file) void draft.receive(file, pathOf);
            }}
          >
            {(props) => (
              <Button {...props} mt={20}>
                Choose a file …
              </Button>
            )}
          </FileButton>
        )}
        <TextInput
          label="Dataset name"
          placeholder="from the file name"
          value={draft.name}
          w={180}
          onChange={(event) => draft.setName(event.currentTarget.value)}
        />
      </div>
      {draft.arriving ? (
        <p className="dim" role="status">
          Taking {draft.arriving.name} ({formatBytes(draft.arriving.size)}) …
        </p>
      ) : null}
      {draft.problem ? <ErrorPanel error={draft.problem} what="Taking the file" /> : null}
      {job.running ? (
        <JobProgress
          job={job.job}
          stops="Nothing is kept of an import that was stopped."
          onCancel={job.cancel}
        />
      ) : null}
      {job.error ? <ErrorPanel error={job.error} what="The import" /> : null}
      {path && inspected.error && !inspected.isFetching ? (
        <ErrorPanel
          error={inspected.error}
          what="Reading the file"
          onRetry={() => void inspected.refetch()}
        />
      ) : null}
      {path && !data && inspected.isFetching ? <Waiting words="Looking at the file" /> : null}
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
        <EmptyState icon={FileSearch}>
          Drop a CSV or TSV file here, choose one, or write its path. You see what was detected before
          anything is imported; the file itself is only read.
        </EmptyState>
      ) : null}
    </PageBody>
  );
}
