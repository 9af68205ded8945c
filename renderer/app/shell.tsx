import { Compass } from 'lucide-react';
import { Suspense, useEffect, useLayoutEffect } from 'react';
import { Failure } from '../../preload/contract/failure.ts';
import { useFacts } from '../api/facts.ts';
import { useBusyJobs } from '../api/jobs.ts';
import { DropAnywhere } from '../features/datasets/drop-anywhere.tsx';
import { useNoteSeen } from '../features/start/seen.ts';
import { StartView } from '../features/start/view.tsx';
import { ContextMenu } from '../ui/actions/context-menu.tsx';
import { knowLooks } from '../ui/navigation/link-here.ts';
import { usePlace } from '../ui/navigation/router.ts';
import { lookAt, useTabs } from '../ui/navigation/tabs.ts';
import { useAnchor } from '../ui/navigation/use-anchor.ts';
import { PageBody } from '../ui/page-head.tsx';
import { EmptyState } from '../ui/state/empty-state.tsx';
import { ErrorPanel } from '../ui/state/error-panel.tsx';
import { FaultBoundary } from '../ui/state/fault-boundary.tsx';
import { showNoticesWith } from '../ui/state/notices.ts';
import { Waiting } from '../ui/state/waiting.tsx';
import { useCommands } from './commands.ts';
import { useJobNotices } from './job-notices.ts';
import { LeaveQuestion } from './leave-question.tsx';
import { useLinkClicks } from './link-clicks.ts';
import { showNotice } from './notice-shower.tsx';
import { Palette } from './palette.tsx';
import { useQuitGuard } from './quit-guard.ts';
import { findPage, tabAt } from './routes.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useShortcuts } from './shortcuts.ts';
import { SideList } from './side-list.tsx';
import { StatusBar } from './status-bar.tsx';
import { TabStrip } from './tab-strip.tsx';
import { TopBar } from './top-bar.tsx';
import { useHostWindow } from './use-host-window.ts';
import { useOpenWorkspace } from './use-open-workspace.ts';
import { words } from './words.ts';
import './shell.css';

knowLooks((path) => findPage(path)?.page.looks ?? []);
showNoticesWith(showNotice);

/** The window: what stays on the screen, and the page in the middle. */
export function Shell() {
  const place = usePlace();
  const info = useFacts('workspaces.info', {});
  const commands = useCommands();
  const none = info.error instanceof Failure && info.error.code === 'workspace-not-open';
  const workspace = none ? null : (info.data?.workspace ?? null);
  const busy = useBusyJobs(workspace !== null);
  const found = findPage(place.path);
  useOpenWorkspace(none ? null : (workspace?.id ?? null));
  useShortcuts(commands);
  useHostWindow(commands, workspace?.id ?? null);
  useNoteSeen(place.path, workspace?.id);
  useLinkClicks();
  useJobNotices();
  useQuitGuard(busy.length > 0);
  useAnchor(place);
  const isOpen = workspace !== null;
  // Before the page's own effects, which may give the tab its name.
  useLayoutEffect(() => {
    if (isOpen) lookAt(place.full, tabAt(place.full));
  }, [isOpen, place.full]);
  const tabTitle = useTabs(({ list, active }) => list.open.find(({ key }) => key === active)?.title);
  const title = tabTitle ?? found?.page.title ?? words.notFound;
  useEffect(() => {
    document.title = workspace ? `${title} · ${workspace.name} · ${words.app}` : words.app;
  }, [title, workspace]);
  return (
    <div className="shell" data-open={workspace ? true : undefined}>
      <a className="shell__skip" href="#content" onClick={focusContent}>
        {words.skip}
      </a>
      <TopBar workspace={workspace} busy={busy} />
      {workspace ? <SideList path={place.path} /> : null}
      {workspace ? <TabStrip /> : null}
      <main id="content" className="shell__main" tabIndex={-1}>
        <FaultBoundary at={place.path}>
          <Suspense
            fallback={
              <PageBody>
                <Waiting />
              </PageBody>
            }
          >
            {middle()}
          </Suspense>
        </FaultBoundary>
      </main>
      <StatusBar workspace={workspace} busy={busy.length} />
      <Palette commands={commands} />
      <ShortcutSheet commands={commands} />
      <LeaveQuestion workspace={workspace} busy={busy} />
      <ContextMenu />
      <DropAnywhere hasWorkspace={workspace !== null} />
    </div>
  );

  function middle() {
    if (!found) {
      return (
        <EmptyState icon={Compass} action={<a href="#/">{words.toStart}</a>}>
          {words.noPage(place.path)}
        </EmptyState>
      );
    }
    const { View } = found.page;
    if (found.page.anywhere) return <View params={found.params} query={place.query} />;
    if (none) return <StartView />;
    if (workspace) return <View params={found.params} query={place.query} />;
    if (info.error) {
      return (
        <PageBody>
          <ErrorPanel error={info.error} what={words.opening} onRetry={() => void info.refetch()}>
            <a href="#/">{words.otherWorkspace}</a>
          </ErrorPanel>
        </PageBody>
      );
    }
    return (
      <PageBody>
        <Waiting words={words.opening} />
      </PageBody>
    );
  }
}

function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
