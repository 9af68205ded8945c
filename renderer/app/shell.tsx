import { Suspense, useEffect } from 'react';
import { Failure } from '../../preload/contract/failure.ts';
import { useFacts } from '../api/facts.ts';
import { DropAnywhere } from '../features/datasets/drop-anywhere.tsx';
import { useNoteSeen } from '../features/start/seen.ts';
import { StartView } from '../features/start/view.tsx';
import { usePlace } from '../ui/navigation/router.ts';
import { EmptyState } from '../ui/state/empty-state.tsx';
import { ErrorPanel } from '../ui/state/error-panel.tsx';
import { FaultBoundary } from '../ui/state/fault-boundary.tsx';
import { Waiting } from '../ui/state/waiting.tsx';
import { PageBody } from '../ui/page-head.tsx';
import { Compass } from 'lucide-react';
import { findPage } from './routes.ts';
import { SideList } from './side-list.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { Palette } from './palette.tsx';
import { useShortcuts } from './shortcuts.ts';
import { useCommands } from './commands.ts';
import './shell.css';

/** The window: what stays on the screen, and the page in the middle. */
export function Shell() {
  const place = usePlace();
  const info = useFacts('workspaces.info', {});
  const commands = useCommands();
  useShortcuts(commands);
  const found = findPage(place.path);
  const workspace = info.data?.workspace ?? null;
  useNoteSeen(place.path, workspace?.id);
  const none = info.error instanceof Failure && info.error.code === 'workspace-not-open';
  const title = found?.page.title ?? 'Not found';
  useEffect(() => {
    document.title = workspace ? `${title} · ${workspace.name} · Holdfast` : 'Holdfast';
  }, [title, workspace]);
  return (
    <div className="shell" data-open={workspace ? true : undefined}>
      <a className="shell__skip" href="#content" onClick={focusContent}>
        Skip to content
      </a>
      <TopBar workspace={none ? null : workspace} />
      {workspace && !none ? <SideList path={place.path} /> : null}
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
      <StatusBar workspace={none ? null : workspace} />
      <Palette commands={commands} />
      <DropAnywhere hasWorkspace={workspace !== null && !none} />
    </div>
  );

  function middle() {
    if (!found) {
      return (
        <EmptyState icon={Compass} action={<a href="#/">Go to the start page</a>}>
          There is no page at <code>{place.path}</code>.
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
          <ErrorPanel error={info.error} what="Opening the workspace" onRetry={() => void info.refetch()}>
            <a href="#/">Choose another workspace</a>
          </ErrorPanel>
        </PageBody>
      );
    }
    return (
      <PageBody>
        <Waiting words="Opening the workspace" />
      </PageBody>
    );
  }
}

function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
