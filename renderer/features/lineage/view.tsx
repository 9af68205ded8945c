import { SegmentedControl } from '@mantine/core';
import { GitBranch } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useFacts } from '../../api/facts.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { Waiting } from '../../ui/state/waiting.tsx';
import { plural } from '../../ui/text/format.ts';
import { NodePanel } from './node-panel.tsx';
import { Outline } from './outline.tsx';
import { useLineageView } from './store.ts';
import './lineage.css';

const Graph = lazy(async () => ({ default: (await import('./graph.tsx')).Graph }));

/** What came from what, as a picture or as a list to read. */
export function LineageView({ params }: PageProps) {
  const id = params['id'];
  const shown = useFacts('lineage.show', id ? { id } : {});
  const { shape, chosen, setShape, choose } = useLineageView();
  const node = shown.data?.nodes.find((one) => one.id === (chosen ?? shown.data.focus)) ?? null;
  const graph = shown.data;
  return (
    <PageBody fills>
      <PageHead
        {...(id ? { trail: [['Lineage', '/lineage'] as const] } : {})}
        title={id ? `Lineage of ${id.length > 28 ? `${id.slice(0, 12)}…` : id}` : 'Lineage'}
        facts={
          graph?.nodes.length
            ? [
                plural(graph.nodes.length, 'object'),
                plural(graph.edges.length, 'link'),
                'arrows lead to what was made',
              ]
            : []
        }
        actions={
          graph?.nodes.length ? (
            <SegmentedControl
              size="xs"
              aria-label="Shape"
              data={[
                { value: 'graph', label: 'graph' },
                { value: 'outline', label: 'outline' },
              ]}
              value={shape}
              onChange={(next) => setShape(next)}
            />
          ) : null
        }
      />
      <Answer of={shown} what="Reading the lineage">
        {(data) =>
          data.nodes.length ? (
            <div className="lineage" data-panel={node ? true : undefined}>
              <div className="lineage__main">
                {shape === 'graph' ? (
                  <Suspense fallback={<Waiting lines={8} />}>
                    <Graph key={id ?? 'all'} graph={data} chosen={node?.id ?? null} onChoose={choose} />
                  </Suspense>
                ) : (
                  <Outline graph={data} chosen={node?.id ?? null} onChoose={choose} />
                )}
              </div>
              {node ? (
                <NodePanel node={node} graph={data} onClose={() => choose('')} onChoose={choose} />
              ) : null}
            </div>
          ) : (
            <EmptyState icon={GitBranch} action={<a href="#/data/import">Import a file</a>}>
              What came from what will be drawn here: files, snapshots, recipes, runs, models, bundles and
              verdicts.
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}
