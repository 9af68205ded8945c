import { Button } from '@mantine/core';
import { Boxes, DownloadCloud } from 'lucide-react';
import type { ModelVersion } from '../../../preload/contract/registry.ts';
import { useFacts } from '../../api/facts.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { ErasedSeal } from '../../ui/state/erased-seal.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals } from '../../ui/state/verdicts.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { headlineMetrics, metricWords } from '../runs/headline.ts';
import { LooksBefore } from '../runs/looks-before.tsx';
import { words } from './words.ts';
import './registry.css';

const lanes = ['candidate', 'live', 'archived'] as const;

/** Models by name, their versions as cards in the lane of their stage. */
export function ModelsView() {
  const models = useFacts('registry.list', {});
  const list = models.data?.models ?? [];
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={
          list.length
            ? [words.models(list.length), words.versions(list.flatMap(({ versions }) => versions).length)]
            : []
        }
        actions={
          list.length ? (
            <Button leftSection={<DownloadCloud size={14} aria-hidden />} onClick={() => go('/models/pull')}>
              {words.pullFromRemote}
            </Button>
          ) : null
        }
      />
      <Answer of={models} what={words.reading}>
        {() =>
          list.length ? (
            <div className="stack" style={{ gap: 24 }}>
              {list.map(({ name, versions }) => (
                <section key={name} className="lanes" aria-label={name}>
                  <h2 className="lanes__name">
                    <a href={`#${pathOf('models', name)}`}>{name}</a>
                  </h2>
                  <div className="lanes__grid">
                    {lanes.map((stage) => (
                      <Lane
                        key={stage}
                        stage={stage}
                        versions={versions.filter((one) => one.stage === stage)}
                      />
                    ))}
                  </div>
                </section>
              ))}
            </div>
          ) : (
            <EmptyState
              icon={Boxes}
              action={
                <Button variant="filled" onClick={() => go('/runs')}>
                  {words.chooseRun}
                </Button>
              }
              link={<a href="#/models/pull">{words.orPull}</a>}
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

function Lane({ stage, versions }: { stage: (typeof lanes)[number]; versions: readonly ModelVersion[] }) {
  return (
    <div className="lanes__lane" data-stage={stage}>
      <h3 className="small">
        {words.stage[stage]} <span className="faint">{versions.length || ''}</span>
      </h3>
      {versions.length ? (
        versions
          .toSorted((a, b) => b.version - a.version)
          .map((one) => <VersionCard key={one.version} version={one} />)
      ) : (
        <p className="small faint">{words.none}</p>
      )}
    </div>
  );
}

function VersionCard({ version }: { version: ModelVersion }) {
  const metrics = headlineMetrics[version.task]
    .filter((name) => (version.metrics[name] ?? null) !== null)
    .slice(0, 2);
  return (
    <a className="version-card" href={`#${pathOf('models', `${version.name}@${version.version}`)}`}>
      <span className="row">
        <strong className="grow">{words.version(version.version)}</strong>
        <ErasedSeal of={version.trainedOnErased} />
        {version.reproduced ? <Seal {...reproducedSeals[version.reproduced]} /> : null}
      </span>
      <span className="small dim">
        {words.by(version.target, version.family)}, <Moment at={version.created} />
      </span>
      <span className="version-card__metrics">
        {metrics.map((name) => (
          <span key={name}>
            <span className="small dim">{metricWords(name)}</span> <Num value={version.metrics[name]} />
          </span>
        ))}
        <LooksBefore run={version} />
      </span>
      {version.notes ? <span className="small truncate">{version.notes}</span> : null}
      {version.origin ? <span className="small dim truncate">{words.pulledFrom(version.origin)}</span> : null}
    </a>
  );
}
