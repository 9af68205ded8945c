import { bundleService } from '../bundles/index.ts';
import { checkedImport, checkService, createPrivacyService } from '../checks/index.ts';
import { datasetService } from '../datasets/index.ts';
import { evaluationService } from '../evaluation/index.ts';
import { helpService } from '../help/index.ts';
import { lineageService } from '../lineage/index.ts';
import { families } from '../models/index.ts';
import {
  createFactsCache,
  createRecipeService,
  createRowsCheck,
  createSampleCache,
} from '../recipes/index.ts';
import { registryService } from '../registry/index.ts';
import {
  createSweepService,
  createTrainingService,
  holdoutService,
  judgingService,
  keptRecipesService,
  rowsHeld,
  reproduceService,
} from '../training/index.ts';
import { remoteService } from '../remotes/index.ts';
import { runsService } from '../runs/index.ts';
import { workspaceService } from '../workspaces/index.ts';
import type { Services } from './dispatch.ts';
import { systemService } from './system-service.ts';

const factsOf = createFactsCache();

/** Every domain's service, by the names of the contract. */
export const services: Services = {
  workspaces: workspaceService,
  datasets: { ...datasetService, ...checkedImport },
  checks: checkService,
  privacy: createPrivacyService(rowsHeld),
  recipes: {
    ...createRecipeService(families, factsOf, createSampleCache(), createRowsCheck()),
    ...keptRecipesService,
  },
  training: createTrainingService(factsOf),
  sweeps: createSweepService(factsOf),
  evaluation: { ...evaluationService, ...judgingService },
  holdout: holdoutService,
  runs: runsService,
  lineage: { ...lineageService, ...reproduceService },
  registry: registryService,
  bundles: bundleService,
  remotes: remoteService,
  help: helpService,
  system: systemService,
};
