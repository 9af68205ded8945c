import { Button, Menu } from '@mantine/core';
import { Boxes, GitBranch, MoreHorizontal, RotateCcw, Wand2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import type { Action } from '../../ui/actions/action.ts';
import { ActionButton } from '../../ui/actions/action-button.tsx';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ErasedSeal } from '../../ui/state/erased-seal.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals, statusSeals } from '../../ui/state/verdicts.ts';
import { formatDuration } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { AddToRegistry } from './add-to-registry.tsx';
import { AnalysisTab } from './analysis-tab.tsx';
import { words as analysis } from './analysis-words.ts';
import { MadeOf } from './combine-runs.tsx';
import { EditCurve, EditedFrom } from './edit-curve.tsx';
import { HoldoutTab } from './holdout-tab.tsx';
import { words as holdout } from './holdout-words.ts';
import { RecipeTab } from './recipe-tab.tsx';
import { ReportTab } from './report-tab.tsx';
import { words as gone } from './gone-words.ts';
import { ReproducePanel } from './reproduce-panel.tsx';
import { ResultsTab } from './results-tab.tsx';
import { UnfinishedRun } from './unfinished-run.tsx';
import { words } from './words.ts';
import './runs.css';

/** One run: how good, why, by which recipe, and whether it can be made again. */
export function RunView({ params }: PageProps) {
  const id = params['run'] ?? '';
  const tab = params['tab'] ?? 'results';
  const shown = useFacts('training.show', { run: id });
  const [adding, setAdding] = useState(false);
  const reproduce = useJobCall('lineage.reproduce');
  const { start, running } = reproduce;
  const run = shown.data?.run;
  const done = run?.status === 'done';
  const combined = shown.data?.recipe['members'] !== undefined;
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'run-add',
        label: words.run.add,
        icon: Boxes,
        shortcut: 'a',
        isAvailable: () => done,
        perform: () => setAdding(true),
      },
      {
        id: 'run-reproduce',
        label: words.run.reproduce,
        about: words.run.reproduceAbout,
        icon: RotateCcw,
        isAvailable: () => done && !running,
        perform: () => void start({ run: id }),
      },
      // A combination is made of runs, not by a recipe that a form could hold.
      ...(combined
        ? []
        : [
            {
              id: 'run-again',
              label: words.run.again,
              icon: Wand2,
              perform: () => go(`/train?from=${encodeURIComponent(id)}`),
            },
          ]),
      {
        id: 'run-lineage',
        label: words.run.lineage,
        icon: GitBranch,
        perform: () => go(pathOf('lineage', id)),
      },
    ],
    [id, done, combined, running, start],
  );
  useOfferActions('run', actions);
  const [add, again, ...rest] = actions;
  return (
    <PageBody>
      <Answer of={shown} what={words.run.reading}>
        {(data) => (
          <>
            <PageHead
              trail={[[words.title, '/runs']]}
              title={words.run.titleOf(data.run.target, data.run.family)}
              seals={
                <>
                  <Seal {...statusSeals[data.run.status]} />
                  {data.run.reproduced ? (
                    <Seal
                      {...reproducedSeals[data.run.reproduced]}
                      onOpen={() => go(pathOf('lineage', id))}
                    />
                  ) : null}
                  {data.run.sealed ? (
                    <Seal
                      tone="none"
                      label={holdout.sealed}
                      title={holdout.sealedAbout}
                      onOpen={() => go(pathOf('runs', id, 'looks'))}
                    />
                  ) : null}
                  <ErasedSeal of={data.run.trainedOnErased} />
                  {data.run.dataDeleted ? (
                    <Seal
                      tone="warn"
                      label={gone.gone}
                      title={gone.why(
                        data.run.dataDeleted.by,
                        data.run.dataDeleted.at,
                        data.run.dataDeleted.reason,
                      )}
                    />
                  ) : null}
                </>
              }
              facts={[
                <ShortId key="id" id={data.run.id} length={24} label={words.run.id} />,
                <a key="data" href={`#${pathOf('data', `${data.run.dataset}@${data.run.version}`)}`}>
                  {data.run.dataset}@{data.run.version}
                </a>,
                data.run.task,
                <Moment key="at" at={data.run.created} />,
                data.run.duration === null ? null : words.run.took(formatDuration(data.run.duration)),
                data.run.status === 'done' ? (
                  <a key="looks" href={`#${pathOf('runs', id, 'looks')}`} title={analysis.looksAbout}>
                    {data.run.sealed ? holdout.soFar(data.run.looks) : analysis.looks(data.run.looks)}
                  </a>
                ) : null,
                ...data.run.models.map((model) => (
                  <a key={model} href={`#${pathOf('models', model)}`}>
                    {words.run.asModel(model)}
                  </a>
                )),
              ]}
              actions={
                <>
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <Button aria-label={words.run.more}>
                        <MoreHorizontal size={14} aria-hidden />
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {rest.map((action) => (
                        <Menu.Item key={action.id} onClick={action.perform}>
                          {action.label}
                        </Menu.Item>
                      ))}
                    </Menu.Dropdown>
                  </Menu>
                  {again ? <ActionButton action={again} loading={reproduce.running} /> : null}
                  {add ? <ActionButton action={add} primary /> : null}
                </>
              }
            />
            <ReproducePanel job={reproduce} />
            <EditedFrom edited={data.edited} />
            <MadeOf members={data.members} />
            {data.run.notes.length ? (
              <ul className="dim small" style={{ margin: '0 0 8px', paddingLeft: 16 }}>
                {data.run.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            ) : null}
            {data.run.status === 'done' ? (
              <>
                <LinkTabs
                  label={words.run.tabsLabel}
                  active={tab}
                  tabs={[
                    { id: 'results', label: words.run.results, path: pathOf('runs', id) },
                    { id: 'analysis', label: analysis.tab, path: pathOf('runs', id, 'analysis') },
                    { id: 'looks', label: holdout.tab, path: pathOf('runs', id, 'looks') },
                    { id: 'report', label: words.run.report, path: pathOf('runs', id, 'report') },
                    { id: 'recipe', label: words.run.recipe, path: pathOf('runs', id, 'recipe') },
                  ]}
                />
                {tab === 'results' ? <ResultsTab run={data.run} /> : null}
                {tab === 'analysis' ? (
                  <AnalysisTab run={data.run} conformal={data.recipe['conformal'] === true} />
                ) : null}
                {tab === 'looks' ? <HoldoutTab run={data.run} /> : null}
                {tab === 'report' ? (
                  <>
                    <EditCurve key={id} shown={data} />
                    <ReportTab report={data.report} />
                  </>
                ) : null}
                {tab === 'recipe' ? <RecipeTab shown={data} /> : null}
              </>
            ) : (
              <UnfinishedRun shown={data} />
            )}
            <AddToRegistry run={data.run} opened={adding} onClose={() => setAdding(false)} />
          </>
        )}
      </Answer>
    </PageBody>
  );
}
