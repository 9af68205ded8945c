import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts the energy that the processors take. */
export interface EnergyMeter {
  /** Joules since the meter was opened: of the whole machine, whoever causes it. Ask at least every ten minutes: counters turn over. */
  joules(): number;
}

interface Zone {
  readonly counter: string;
  /** Where the counter starts again at 0, in microjoules. */
  readonly range: number;
  last: number;
}

/**
 * Linux tells it through the power capping interface (Intel RAPL, also on recent AMD): one zone per processor package, with a counter of
 * microjoules. Elsewhere, in most virtual machines, and where the counters are readable by root alone: words for why not.
 */
export function openEnergyMeter(folder = '/sys/class/powercap'): EnergyMeter | { readonly reason: string } {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /^intel-rapl:\d+$/.test(name));
  } catch {
    return { reason: `there is no ${folder} (Linux on a computer with Intel RAPL counters has it)` };
  }
  if (names.length === 0) return { reason: `${folder} has no processor counter (intel-rapl)` };
  let zones: Zone[];
  try {
    zones = names.map((name) => {
      const counter = join(folder, name, 'energy_uj');
      return { counter, range: read(join(folder, name, 'max_energy_range_uj')), last: read(counter) };
    });
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  let total = 0;
  return {
    joules() {
      for (const zone of zones) {
        let now = zone.last;
        try {
          now = read(zone.counter);
        } catch {
          // A counter that went away counts no further.
        }
        total += now >= zone.last ? now - zone.last : now + zone.range - zone.last;
        zone.last = now;
      }
      return total / 1e6;
    },
  };
}

function read(path: string): number {
  const value = Number(readFileSync(path, 'utf8'));
  if (!Number.isFinite(value)) throw new Error(`${path} is not a number`);
  return value;
}
