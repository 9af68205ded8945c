import { bundles } from './bundles.ts';
import { checks } from './checks.ts';
import { datasets } from './datasets.ts';
import { evaluation } from './evaluation.ts';
import { help } from './help.ts';
import { holdout } from './holdout.ts';
import { jobs } from './jobs.ts';
import { lineage } from './lineage.ts';
import type { MethodSpec } from './method.ts';
import { privacy } from './privacy.ts';
import { recipes } from './recipes.ts';
import { registry } from './registry.ts';
import { remotes } from './remotes.ts';
import { runs } from './runs.ts';
import { sweeps } from './sweeps.ts';
import { system } from './system.ts';
import { training } from './training.ts';
import { workspaces } from './workspaces.ts';

/** The whole API of Holdfast, by domain and verb, in the order of a model's life. */
export const contract = {
  workspaces,
  jobs,
  datasets,
  checks,
  privacy,
  recipes,
  training,
  sweeps,
  evaluation,
  holdout,
  runs,
  lineage,
  registry,
  bundles,
  remotes,
  help,
  system,
} as const;

export type Contract = typeof contract;
export type DomainName = keyof Contract;

/** `datasets.import` to its spec; undefined for a name that isn't in the contract (own properties only). */
export function methodSpec(method: string): MethodSpec | undefined {
  const [domain = '', verb = '', ...rest] = method.split('.');
  if (rest.length || !Object.hasOwn(contract, domain)) return undefined;
  const verbs = contract[domain as DomainName] as Readonly<Record<string, MethodSpec>>;
  return Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}

/** Every method name, in contract order. */
export const methodNames: readonly string[] = Object.entries(contract).flatMap(([domain, verbs]) =>
  Object.keys(verbs).map((verb) => `${domain}.${verb}`),
);
