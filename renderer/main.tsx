import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/mantine.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect, type Backend } from './api/backend.ts';
import { BackendContext } from './api/context.ts';
import { createEventListener } from './api/events.ts';
import { NotConnected } from './app/not-connected.tsx';
import { Shell } from './app/shell.tsx';
import { theme } from './app/theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // Events say what changed; a refusal is an answer, not a reason to ask again.
    queries: { staleTime: 30_000, gcTime: 120_000, retry: false, refetchOnWindowFocus: false },
  },
});

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with id "root"');
  let backend: Backend | null = null;
  let problem: unknown = null;
  try {
    backend = await connect();
    backend.client.subscribe(createEventListener(queries));
  } catch (error) {
    problem = error;
  }
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
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

await start();
