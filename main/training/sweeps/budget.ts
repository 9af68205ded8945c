import { openEnergyMeter, type EnergyMeter } from '../../platform/energy.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { SweepPlan } from './plan.ts';

/** Seconds between looks at the clock. */
const tick = 1;
/** More than this between two looks is the sleep of a closed lid, and no work. */
const longest = 10;

/** What a sweep uses up, from what it has used before. */
export interface Spending {
  /** Seconds of working time, without the time the computer slept. */
  seconds(): number;
  /** null where this computer doesn't tell. */
  joules(): number | null;
  /** What ran out, if anything. */
  over(): 'minutes' | 'energy' | undefined;
  /** Aborts when the time or the energy is used up. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Throws `energy-not-measured` when the budget is in energy and nothing measures it. */
export function openSpending(
  { minutes, wattHours }: SweepPlan['budget'],
  before: { readonly seconds: number; readonly joules: number | null },
): Spending {
  const opened = openEnergyMeter();
  const meter: EnergyMeter | undefined = 'joules' in opened ? opened : undefined;
  if (wattHours !== null && 'reason' in opened) throw fail('energy-not-measured', { reason: opened.reason });
  const controller = new AbortController();
  let seconds = before.seconds;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    const passed = (now - last) / 1000;
    last = now;
    seconds += passed > longest ? tick : passed;
  };
  const joules = (): number | null => (meter ? (before.joules ?? 0) + meter.joules() : before.joules);
  const over = (): 'minutes' | 'energy' | undefined => {
    look();
    if (minutes !== null && seconds >= minutes * 60) return 'minutes';
    if (wattHours !== null && (joules() ?? 0) >= wattHours * 3600) return 'energy';
    return undefined;
  };
  const timer = setInterval(() => {
    if (over()) controller.abort();
  }, tick * 1000);
  return {
    seconds() {
      look();
      return seconds;
    },
    joules,
    over,
    signal: controller.signal,
    close: () => clearInterval(timer),
  };
}
