import type { Tone } from './seal.tsx';
import { words } from './words.ts';

type Reproduced = 'identical' | 'within-tolerance' | 'not-reproduced';

/** The words and tone of a reproduce verdict, the same on every page. */
export const reproducedSeals: Readonly<Record<Reproduced, { tone: Tone; label: string; title: string }>> = {
  identical: {
    tone: 'good',
    label: words.reproduced.identical,
    title: words.reproduced.identicalTitle,
  },
  'within-tolerance': {
    tone: 'good',
    label: words.reproduced.within,
    title: words.reproduced.withinTitle,
  },
  'not-reproduced': {
    tone: 'bad',
    label: words.reproduced.not,
    title: words.reproduced.notTitle,
  },
};

type Status = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted' | 'erased';

export const statusSeals: Readonly<Record<Status, { tone: Tone; label: string }>> = {
  queued: { tone: 'none', label: words.status.queued },
  running: { tone: 'busy', label: words.status.running },
  done: { tone: 'good', label: words.status.done },
  failed: { tone: 'bad', label: words.status.failed },
  cancelled: { tone: 'plain', label: words.status.cancelled },
  interrupted: { tone: 'warn', label: words.status.interrupted },
  erased: { tone: 'plain', label: words.status.erased },
};

type Stage = 'candidate' | 'live' | 'archived';

export const stageSeals: Readonly<Record<Stage, { tone: Tone; label: string }>> = {
  candidate: { tone: 'none', label: words.stage.candidate },
  live: { tone: 'good', label: words.stage.live },
  archived: { tone: 'plain', label: words.stage.archived },
};
