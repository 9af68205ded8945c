import type { SweepStatus } from '../../../preload/contract/sweeps.ts';
import type { Tone } from '../../ui/state/seal.tsx';
import { words } from './words.ts';

export const sweepSeals: Readonly<Record<SweepStatus, { tone: Tone; label: string }>> = {
  running: { tone: 'busy', label: words.status.running },
  paused: { tone: 'none', label: words.status.paused },
  interrupted: { tone: 'warn', label: words.status.interrupted },
  done: { tone: 'good', label: words.status.done },
  stopped: { tone: 'plain', label: words.status.stopped },
};
