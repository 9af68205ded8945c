import { SegmentedControl, Select } from '@mantine/core';
import { GitBranch } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Waiting } from '../../ui/state/waiting.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { ExportMenu } from './export-menu.tsx';
import { NodePanel } from './node-panel.tsx';
import { Outline } from './outline.tsx';
import { move, readPlace, type LineagePlace } from './place.ts';
import { useLineageView } from './store.ts';
import { TimeSlider } from './time-slider.tsx';
import { WhyPanel } from './why-panel.tsx';
import { words } from './words.ts';
import './lineage.css';

const Graph = lazy(async () => ({ default: (await import('./graph.tsx')).Graph }));

const groupings = ['auto', 'none', 'kind', 'dataset', 'model'] as const;

/** What came from what, at any moment, as a picture or as a tree to read, and why two things have to do with each other. */
export function LineageView({ params, query }: PageProps) {
  const id = params['id'];
  return <LineagePage key={id ?? ''} place={readPlace(id, query)} />;
}

function LineagePage({ place }: { readonly place: LineagePlace }) {
  const { id, until, from, to } = place;
  const view = useLineageView();
  const { shape, grouping, open } = view;
  const [chosen, choose] = useState<string | null>(null);
  const then = until === null ? {} : { until };
  const why = useFacts(
    'lineage.path',
    { from: from ?? '', to: to ?? '', ...then },
    { when: from !== null && to !== null },
  );
  const path = from !== null && to !== null ? (why.data ?? null) : null;
  const keep = useMemo(
    () => [...new Set([...(path?.nodes.map((node) => node.id) ?? []), ...(chosen ? [chosen] : [])])],
    [path, chosen],
  );
  const shown = useFacts(
    'lineage.show',
    {
      ...(id === null ? {} : { id }),
      ...then,
      group: grouping,
      open: [...open],
      keep: keep.filter((one) => !one.startsWith('group:')),
    },
    { keep: true },
  );
  const marked = useMemo(() => new Set(path?.nodes.map((node) => node.id)), [path]);
  const graph = shown.data;
  const node = graph?.nodes.find((one) => one.id === (chosen ?? graph.focus)) ?? null;
  const onChoose = (next: string) => {
    choose(next);
    if (from !== null && to === null && !next.startsWith('group:') && next !== from)
      move(place, { to: next });
  };
  const short = id !== null && id.length > 28 ? `${id.slice(0, 20)}…` : id;
  return (
    <PageBody fills>
      <PageHead
        {...(id ? { trail: [[words.title, '/lineage'] as const] } : {})}
        title={short === null ? words.title : words.of(short)}
        facts={
          graph?.total.nodes
            ? [
                words.objects(graph.total.nodes),
                words.links(graph.total.edges),
                graph.nodes.length < graph.total.nodes ? words.drawn(graph.nodes.length) : null,
                until === null ? words.arrows : words.past.was(formatInstant(until)),
              ]
            : []
        }
        actions={
          graph?.total.nodes ? (
            <>
              <Select
                aria-label={words.grouping}
                title={words.grouping}
                w={130}
                data={groupings.map((value) => ({ value, label: words.group[value] }))}
                value={grouping}
                allowDeselect={false}
                onChange={(next) => view.setGrouping(groupings.find((one) => one === next) ?? 'auto')}
              />
              <SegmentedControl
                size="xs"
                aria-label={words.shape}
                data={[
                  { value: 'graph', label: words.graph },
                  { value: 'outline', label: words.outline },
                ]}
                value={shape}
                onChange={(next) => view.setShape(next)}
              />
              <ExportMenu graph={graph} id={id} marked={marked} />
            </>
          ) : null
        }
      />
      {graph && (graph.moments.length > 1 || until !== null) ? (
        <TimeSlider moments={graph.moments} until={until} onChange={(next) => move(place, { until: next })} />
      ) : null}
      {from === null ? null : (
        <WhyPanel
          path={path}
          from={from}
          to={to}
          nodes={graph?.nodes ?? []}
          onChoose={choose}
          onEnd={() => move(place, { from: null, to: null })}
        />
      )}
      {why.error ? <ErrorPanel error={why.error} what={words.why.title} /> : null}
      <Answer of={shown} what={words.reading}>
        {(data) =>
          data.nodes.length ? (
            <div className="lineage" data-panel={node ? true : undefined}>
              <div className="lineage__main">
                {shape === 'graph' ? (
                  <Suspense fallback={<Waiting lines={8} />}>
                    <Graph
                      key={id ?? 'all'}
                      graph={data}
                      chosen={node?.id ?? null}
                      path={path}
                      onChoose={onChoose}
                      onOpenGroup={view.openGroup}
                    />
                  </Suspense>
                ) : (
                  <Outline
                    graph={data}
                    chosen={node?.id ?? null}
                    marked={marked}
                    onChoose={onChoose}
                    onOpenGroup={view.openGroup}
                  />
                )}
              </div>
              {node ? (
                <NodePanel
                  node={node}
                  graph={data}
                  isAlone={node.id === data.focus}
                  onClose={() => choose('')}
                  onChoose={onChoose}
                  onOpenGroup={view.openGroup}
                  onCloseGroup={view.closeGroup}
                  onWhy={() => move(place, { from: node.id, to: null })}
                />
              ) : null}
            </div>
          ) : (
            <EmptyState icon={GitBranch} action={<a href="#/data/import">{words.importFile}</a>}>
              {until === null ? words.empty : words.past.nothing}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}
