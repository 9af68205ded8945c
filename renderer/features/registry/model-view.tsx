import { Button, Menu } from '@mantine/core';
import { ChevronDown, GitBranch, PackageCheck } from 'lucide-react';
import { useMemo } from 'react';
import { Stage } from '../../../preload/contract/registry.ts';
import { useCall, useFacts } from '../../api/facts.ts';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { Concept } from '../../ui/help/concept.tsx';
import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { ErasedSeal } from '../../ui/state/erased-seal.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals, stageSeals } from '../../ui/state/verdicts.ts';
import { formatInstant } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { PredictFile } from './predict-file.tsx';
import { PredictRow } from './predict-row.tsx';
import { SendTab } from './send-tab.tsx';
import { words } from './words.ts';
import './registry.css';

/** One model version: predict with it, send it on, move it to another stage. */
export function ModelView({ params }: PageProps) {
  const ref = params['model'] ?? '';
  const tab = params['tab'] ?? 'predict';
  const shown = useFacts('registry.show', { model: ref });
  const all = useFacts('registry.list', {});
  const move = useCall('registry.stage');
  const actions = useMemo(
    () => [
      {
        id: 'model-send',
        label: words.one.send,
        icon: PackageCheck,
        perform: () => go(pathOf('models', ref, 'send')),
      },
      {
        id: 'model-lineage',
        label: words.one.lineage,
        icon: GitBranch,
        perform: () => go(pathOf('lineage', ref)),
      },
    ],
    [ref],
  );
  useOfferActions('model', actions);
  return (
    <PageBody>
      <Answer of={shown} what={words.one.reading}>
        {({ model, fields }) => {
          const exact = `${model.name}@${model.version}`;
          const path = (to: string) => pathOf('models', ref, to);
          const versions = all.data?.models.find(({ name }) => name === model.name)?.versions ?? [];
          return (
            <>
              <PageHead
                trail={[[words.title, '/models']]}
                title={words.one.title(model.name, model.version)}
                seals={
                  <>
                    <Seal {...stageSeals[model.stage]} />
                    <Concept id="model-version" />
                    <ErasedSeal of={model.trainedOnErased} />
                    {model.reproduced ? <Seal {...reproducedSeals[model.reproduced]} /> : null}
                  </>
                }
                facts={[
                  words.one.predicts(model.target),
                  model.family,
                  <a key="run" href={`#${pathOf('runs', model.run)}`}>
                    {words.one.run(model.run)}
                  </a>,
                  <span key="at">
                    {model.by}, <Moment at={model.created} />
                  </span>,
                  model.origin ? words.pulledFrom(model.origin) : null,
                ]}
                actions={
                  <>
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <Button rightSection={<ChevronDown size={14} aria-hidden />} loading={move.isPending}>
                          {words.one.move}
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        {Stage.options.map((stage) => (
                          <Menu.Item
                            key={stage}
                            disabled={stage === model.stage}
                            onClick={() => move.mutate({ model: exact, stage })}
                          >
                            {words.stage[stage]}
                            {stage === 'live' && model.stage !== 'live' ? (
                              <div className="small dim">{words.one.makesRoom}</div>
                            ) : null}
                          </Menu.Item>
                        ))}
                      </Menu.Dropdown>
                    </Menu>
                    <Button
                      variant="filled"
                      leftSection={<PackageCheck size={14} aria-hidden />}
                      onClick={() => go(path('send'))}
                    >
                      {words.one.exportOrPush}
                    </Button>
                  </>
                }
              />
              {move.error ? <ErrorPanel error={move.error} what={words.one.moving} /> : null}
              <LinkTabs
                label={words.model}
                active={tab}
                tabs={[
                  { id: 'predict', label: words.one.predictRow, path: pathOf('models', ref) },
                  { id: 'file', label: words.one.predictFile, path: path('file') },
                  { id: 'send', label: words.one.sendTab, path: path('send') },
                  {
                    id: 'history',
                    label: words.one.history,
                    path: path('history'),
                    count: model.history.length,
                  },
                ]}
              />
              {tab === 'predict' ? <PredictRow model={model} fields={fields} /> : null}
              {tab === 'file' ? <PredictFile model={exact} /> : null}
              {tab === 'send' ? <SendTab model={exact} /> : null}
              {tab === 'history' ? (
                <div className="stack">
                  {model.notes ? <p>{model.notes}</p> : null}
                  <ul className="model-history">
                    {model.history.toReversed().map((one) => (
                      <li key={`${one.at} ${one.change}`}>
                        <span className="dim" title={formatInstant(one.at)}>
                          <Moment at={one.at} />
                        </span>
                        <span className="dim">{one.by}</span>
                        <span>{one.change}</span>
                      </li>
                    ))}
                  </ul>
                  {versions.length > 1 ? (
                    <p className="dim">
                      {words.one.others}{' '}
                      {versions
                        .filter(({ version }) => version !== model.version)
                        .map(({ version, stage }) => (
                          <a key={version} href={`#${pathOf('models', `${model.name}@${version}`)}`}>
                            {version} ({words.stage[stage]}){' '}
                          </a>
                        ))}
                    </p>
                  ) : null}
                </div>
              ) : null}
            </>
          );
        }}
      </Answer>
    </PageBody>
  );
}
