import { CircleCheck, CircleDashed } from 'lucide-react';
import type { WorkspaceInfo } from '../../../preload/contract/workspaces.ts';
import { useFacts } from '../../api/facts.ts';
import { changeFirstSteps, useFirstSteps } from './seen.ts';
import { firstSteps } from './steps.ts';
import { words } from './words.ts';

/** A quiet list of the way to a first model; it follows what was done, however it was done. */
export function FirstSteps({ workspace }: { workspace: WorkspaceInfo | null }) {
  const hidden = useFirstSteps((state) => state.hidden);
  const when = workspace !== null && !hidden;
  const datasets = useFacts('datasets.list', {}, { when });
  const runs = useFacts('training.list', { limit: 1000 }, { when });
  const models = useFacts('registry.list', {}, { when });
  const journal = useFacts('lineage.journal', { limit: 1000 }, { when });
  const seen = useFirstSteps((state) => (workspace ? state.seen[workspace.id] : undefined)) ?? [];
  if (hidden) {
    return (
      <button
        type="button"
        className="link small first-steps__show"
        onClick={() => changeFirstSteps({ hidden: false })}
      >
        {words.steps.show}
      </button>
    );
  }
  const known = workspace
    ? {
        datasets: datasets.data?.datasets,
        runs: runs.data?.runs,
        models: models.data?.models,
        journal: journal.data?.records,
        seen,
      }
    : { seen: [] };
  const steps = firstSteps(known);
  const next = steps.find(({ done }) => !done);
  const title = workspace ? words.steps.of(workspace.name) : words.steps.title;
  return (
    <section aria-label={words.steps.title}>
      <header className="row start__title">
        <h2 className="grow">{title}</h2>
        <span className="small dim">
          {words.steps.done(steps.filter(({ done }) => done).length, steps.length)}
        </span>
        <button type="button" className="link small" onClick={() => changeFirstSteps({ hidden: true })}>
          {words.steps.hide}
        </button>
      </header>
      <ol className="first-steps">
        {steps.map((step) => {
          const Icon = step.done ? CircleCheck : CircleDashed;
          const text = words.steps[step.name];
          return (
            <li key={step.name} data-done={step.done || undefined} data-next={step === next || undefined}>
              <Icon size={16} aria-hidden />
              <span className="visually-hidden">{step.done ? words.steps.isDone : words.steps.notDone}</span>
              {workspace ? <a href={`#${step.path}`}>{text.label}</a> : <span>{text.label}</span>}
              <span className="small dim">{text.about}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
