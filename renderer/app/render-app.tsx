import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Backend } from '../api/backend.ts';
import { BackendContext } from '../api/context.ts';
import { createEventListener } from '../api/events.ts';
import { settingsColorScheme } from '../ui/state/colour-scheme.ts';
import { useSettings } from '../ui/state/settings.ts';
import { language } from '../ui/text/words.ts';
import { NotConnected } from './not-connected.tsx';
import { Shell } from './shell.tsx';
import { theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // Events say what changed; a refusal is an answer, not a reason to ask again.
    queries: { staleTime: 30_000, gcTime: 120_000, retry: false, refetchOnWindowFocus: false },
  },
});

/** The window: with a host behind it, or with the reason why there is none. */
export function renderApp(root: HTMLElement, backend: Backend | null, problem: unknown): void {
  document.documentElement.lang = language;
  backend?.client.subscribe(createEventListener(queries));
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        colorSchemeManager={settingsColorScheme}
        defaultColorScheme={useSettings.getState().theme}
      >
        {backend ? (
          <BackendContext value={backend}>
            <QueryClientProvider client={queries}>
              <Notifications position="bottom-right" limit={3} autoClose={5000} />
              <Shell />
            </QueryClientProvider>
          </BackendContext>
        ) : (
          <NotConnected error={problem} />
        )}
      </MantineProvider>
    </StrictMode>,
  );
}
