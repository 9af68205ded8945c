import type { Tone } from './seal.tsx';

type Reproduced = 'identical' | 'within-tolerance' | 'not-reproduced';

/** The words and tone of a reproduce verdict, the same on every page. */
export const reproducedSeals: Readonly<Record<Reproduced, { tone: Tone; label: string; title: string }>> = {
  identical: {
    tone: 'good',
    label: 'reproduced',
    title: 'trained again: the model is the same to the last byte',
  },
  'within-tolerance': {
    tone: 'good',
    label: 'reproduced within tolerance',
    title: 'trained again: bytes differ, every metric is within its stated tolerance',
  },
  'not-reproduced': { tone: 'bad', label: 'not reproduced', title: 'trained again: the result differs' },
};

type Status = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export const statusSeals: Readonly<Record<Status, { tone: Tone; label: string }>> = {
  queued: { tone: 'none', label: 'queued' },
  running: { tone: 'busy', label: 'running' },
  done: { tone: 'good', label: 'done' },
  failed: { tone: 'bad', label: 'failed' },
  cancelled: { tone: 'plain', label: 'cancelled' },
  interrupted: { tone: 'warn', label: 'interrupted' },
};

type Stage = 'candidate' | 'live' | 'archived';

export const stageSeals: Readonly<Record<Stage, { tone: Tone; label: string }>> = {
  candidate: { tone: 'none', label: 'candidate' },
  live: { tone: 'good', label: 'live' },
  archived: { tone: 'plain', label: 'archived' },
};
