import { Button } from '@mantine/core';
import { ScanSearch } from 'lucide-react';
import type { Dataset } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { AnomaliesTab } from './anomalies-tab.tsx';
import { BiasTab } from './bias-tab.tsx';
import { CompareTab } from './compare-tab.tsx';
import { FailingRows } from './failing-rows.tsx';
import { LeakageTab } from './leakage-tab.tsx';
import { SuiteTab } from './suite-tab.tsx';
import { PrivacyTab } from './privacy/privacy-tab.tsx';
import { words } from './words.ts';
import './checks.css';

const tabs = {
  suite: SuiteTab,
  bias: BiasTab,
  compare: CompareTab,
  anomalies: AnomaliesTab,
  leakage: LeakageTab,
  privacy: PrivacyTab,
} as const;
type TabId = keyof typeof tabs;

/** Rules, bias, differences from other data, and leakage: asked for, computed in main, read here. */
export function ChecksView({ params, query }: PageProps) {
  const datasets = useFacts('datasets.list', {});
  const wanted = params['tab'] ?? 'suite';
  const active: TabId = Object.hasOwn(tabs, wanted) ? (wanted as TabId) : 'suite';
  const Tab = tabs[active];
  const asked = query.get('dataset');
  const failing = active === 'suite' ? query.get('failing') : null;
  return (
    <PageBody fills={failing !== null}>
      <PageHead title={words.title} facts={[words.about]} />
      <LinkTabs
        label={words.title}
        active={active}
        tabs={(Object.keys(tabs) as TabId[]).map((id) => ({
          id,
          label: words.tabs[id],
          path: `/checks/${id}`,
        }))}
      />
      <Answer of={datasets} what={words.reading}>
        {(data) =>
          failing !== null && asked !== null ? (
            <FailingRows
              key={`${asked} ${failing}`}
              dataset={asked}
              rule={failing}
              of={Number(query.get('suite') ?? 1)}
            />
          ) : data.datasets.length ? (
            <Tab key={active === 'suite' ? asked : active} datasets={data.datasets} asked={asked} />
          ) : (
            <EmptyState
              icon={ScanSearch}
              action={
                <Button variant="filled" onClick={() => go('/data/import')}>
                  {words.import}
                </Button>
              }
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

export interface CheckTabProps {
  readonly datasets: readonly Dataset[];
  /** The dataset that a link names. */
  readonly asked: string | null;
}
