import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Play, Save, Square } from 'lucide-react';
import { useFacts } from '../../api/facts.ts';
import { SqlEditor } from '../../ui/editor/sql-editor.tsx';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Waiting } from '../../ui/state/waiting.tsx';
import { Results } from './results.tsx';
import { useQueryDraft } from './store.ts';
import { useQuery } from './use-query.ts';
import { words } from './words.ts';
import './query.css';

/** One SELECT over the datasets, its first rows, and a way to keep them all. */
export function QueryView() {
  const { sql, name, setSql, setName } = useQueryDraft();
  const query = useQuery();
  const { answer } = query;
  const run = () => {
    if (sql.trim() !== '') void query.run({ sql });
  };
  const keep = () =>
    void query.run({ sql, save: name.trim() }, ({ saved, rows }) => {
      if (!saved) return;
      notifications.show({
        title: words.saved(saved.dataset, saved.version),
        message: saved.added ? words.savedAbout(rows) : words.same,
        color: 'accent',
        withCloseButton: true,
      });
      setName('');
      go(pathOf('data', saved.dataset));
    });
  return (
    <PageBody>
      <PageHead
        trail={[[words.data, '/data']]}
        title={words.title}
        facts={
          answer
            ? [
                words.shown(Math.min(answer.rows, 1000), answer.rows),
                ...(answer.read.length ? [words.read(answer.read.join(', '))] : []),
              ]
            : []
        }
        actions={
          query.running ? (
            <Button leftSection={<Square size={14} aria-hidden />} onClick={() => query.stop()}>
              {words.stop}
            </Button>
          ) : (
            <Button
              variant="filled"
              title={words.runHint}
              leftSection={<Play size={14} aria-hidden />}
              disabled={sql.trim() === ''}
              onClick={run}
            >
              {words.run}
            </Button>
          )
        }
      />
      <div className="query__top">
        <div className="grow">
          <SqlEditor label={words.editor} value={sql} onChange={setSql} onRun={run} />
        </div>
        <Tables onChoose={(table) => setSql(`SELECT *\nFROM ${quoted(table)}\nLIMIT 100`)} />
      </div>
      {query.running ? <Waiting words={words.running} /> : null}
      {query.error ? <ErrorPanel error={query.error} what={words.theQuery} onRetry={run} /> : null}
      {answer && !query.error ? (
        <>
          <Results answer={answer} />
          <form
            className="query__save"
            onSubmit={(event) => {
              event.preventDefault();
              keep();
            }}
          >
            <TextInput
              label={words.saveAs}
              placeholder={words.saveHint}
              value={name}
              w={240}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              leftSection={<Save size={14} aria-hidden />}
              disabled={name.trim() === '' || query.running}
            >
              {words.save}
            </Button>
          </form>
        </>
      ) : null}
      {!answer && !query.error && !query.running ? <p className="dim query__empty">{words.empty}</p> : null}
    </PageBody>
  );
}

function Tables({ onChoose }: { readonly onChoose: (table: string) => void }) {
  const { data } = useFacts('datasets.list', {});
  const datasets = data?.datasets ?? [];
  return (
    <aside className="panel query__tables" aria-label={words.tables}>
      <header>
        <h2>{words.tables}</h2>
      </header>
      <div className="body">
        {datasets.length === 0 ? <p className="small dim">{words.noTables}</p> : null}
        <ul>
          {datasets.map((dataset) => (
            <li key={dataset.name}>
              <button
                type="button"
                className="link"
                aria-label={words.insert(dataset.name)}
                onClick={() => onChoose(dataset.name)}
              >
                {dataset.name}
              </button>
              <span className="small faint">{words.rows(dataset.latest.snapshot.rows)}</span>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}

/** A name as SQL needs it; plain words stand as they are. */
function quoted(name: string): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : `"${name}"`;
}
