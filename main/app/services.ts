import type { ServiceLoaders } from './dispatch.ts';

/** Loads once, when first asked. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/** What is known of tables, shared by all who work by recipes. */
const factsOf = once(async () => (await import('../recipes/index.ts')).createFactsCache());

/** Every domain's service, by the names of the contract. Each is loaded by its first call: a command waits for what it needs only. */
export const services = {
  workspaces: once(async () => (await import('../workspaces/index.ts')).workspaceService),
  datasets: once(async () => {
    const [{ datasetService }, { checkedImport }] = await Promise.all([
      import('../datasets/index.ts'),
      import('../checks/index.ts'),
    ]);
    return { ...datasetService, ...checkedImport };
  }),
  checks: once(async () => (await import('../checks/index.ts')).checkService),
  privacy: once(async () => {
    const [{ createPrivacyService }, { rowsHeld }] = await Promise.all([
      import('../checks/index.ts'),
      import('../training/index.ts'),
    ]);
    return createPrivacyService(rowsHeld);
  }),
  recipes: once(async () => {
    const [
      { families },
      { createRecipeService, createSampleCache, createRowsCheck },
      { keptRecipesService },
    ] = await Promise.all([
      import('../models/index.ts'),
      import('../recipes/index.ts'),
      import('../training/index.ts'),
    ]);
    return {
      ...createRecipeService(families, await factsOf(), createSampleCache(), createRowsCheck()),
      ...keptRecipesService,
    };
  }),
  training: once(async () => (await import('../training/index.ts')).createTrainingService(await factsOf())),
  sweeps: once(async () => (await import('../training/index.ts')).createSweepService(await factsOf())),
  evaluation: once(async () => {
    const [{ evaluationService }, { judgingService }] = await Promise.all([
      import('../evaluation/index.ts'),
      import('../training/index.ts'),
    ]);
    return { ...evaluationService, ...judgingService };
  }),
  holdout: once(async () => (await import('../training/index.ts')).holdoutService),
  runs: once(async () => (await import('../runs/index.ts')).runsService),
  lineage: once(async () => {
    const [{ lineageService }, { reproduceService }] = await Promise.all([
      import('../lineage/index.ts'),
      import('../training/index.ts'),
    ]);
    return { ...lineageService, ...reproduceService };
  }),
  registry: once(async () => (await import('../registry/index.ts')).registryService),
  bundles: once(async () => (await import('../bundles/index.ts')).bundleService),
  remotes: once(async () => (await import('../remotes/index.ts')).remoteService),
  help: once(async () => (await import('../help/index.ts')).helpService),
  system: once(async () => (await import('./system-service.ts')).systemService),
} satisfies ServiceLoaders;
