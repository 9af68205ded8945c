import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Environment } from '../../preload/contract/common.ts';

/** Bytes this process may still take, by what the system (or its container) says. */
export function availableMemory(): number {
  return process.availableMemory();
}

/** Processors that this process may use at a time. */
export function processorCount(): number {
  return availableParallelism();
}

/** Sets of instructions that numerical libraries choose their code by; others change no result. */
const telling = new Set([
  'sse4_1', 'sse4_2', 'avx', 'avx2', 'fma', 'f16c', 'avx512f', 'avx512dq', 'avx512bw', 'avx512vl', 'avx512_vnni', 'avx512_bf16', 'avx_vnni',
  'amx_tile', 'amx_int8', 'amx_bf16', 'asimd', 'neon', 'asimdhp', 'asimddp', 'fphp', 'bf16', 'i8mm', 'sve', 'sve2',
]); // prettier-ignore

let known: Environment | undefined;

/** This machine, as far as it can change the last bits of a result. */
export function environment(): Environment {
  known ??= {
    os: `${type()} ${release()}`,
    architecture: process.arch,
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: cpus().length,
    threads: processorCount(),
    flags: [...new Set(processorFlags())].filter((flag) => telling.has(flag)).toSorted(),
    memory: totalmem(),
    runtime: `node ${process.versions.node}, V8 ${process.versions.v8}`,
  };
  return known;
}

function processorFlags(): string[] {
  try {
    if (process.platform === 'linux') {
      const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'));
      return line?.[1]?.trim().split(/\s+/) ?? [];
    }
    if (process.platform === 'darwin') {
      const asked = process.arch === 'arm64' ? ['hw.optional'] : ['machdep.cpu'];
      const told = execFileSync('/usr/sbin/sysctl', asked, { encoding: 'utf8', timeout: 2000 });
      return process.arch === 'arm64'
        ? [...told.matchAll(/(?:FEAT_)?(\w+): 1$/gm)].map(
            ([, name = '']) => macNames[name] ?? name.toLowerCase(),
          )
        : told.toLowerCase().replaceAll('.', '_').split(/\s+/);
    }
  } catch {
    // What the system does not tell is not recorded.
  }
  return [];
}

const macNames: Readonly<Record<string, string>> = {
  AdvSIMD: 'asimd',
  FP16: 'asimdhp',
  DotProd: 'asimddp',
  BF16: 'bf16',
  I8MM: 'i8mm',
};
