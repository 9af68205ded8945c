import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/mantine.css';
import { connect, type Backend } from './api/backend.ts';
import { kept } from './api/kept.ts';
import { beginPage } from './api/page-life.ts';
import { afterCrash } from './ui/state/drafts.ts';
import { openSettings } from './ui/state/settings.ts';

/** The person's language is known before anything that holds words is loaded; so that is loaded here, and only then. */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with id "root"');
  let backend: Backend | null = null;
  let problem: unknown = null;
  try {
    backend = await connect();
    const { client } = backend;
    const { entries } = await client.system.kept({});
    kept.connect(entries, (key, value) => client.system.keep({ key, value }));
    if ((await beginPage()) === 'after-crash') afterCrash();
  } catch (error) {
    backend = null;
    problem = error;
    kept.connect({}, () => Promise.reject(new Error('not connected')));
  }
  openSettings();
  const { renderApp } = await import('./app/render-app.tsx');
  renderApp(root, backend, problem);
}

await start();
