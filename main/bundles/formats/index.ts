import { card } from './card/card.ts';
import type { BundleFormat } from '../format.ts';
import { mlflow } from './mlflow/mlflow.ts';
import { mlserver } from './mlserver/mlserver.ts';
import { modelkit } from './modelkit/kitfile.ts';

/** In this order; the Kitfile is last because it lists the others. */
export const bundleFormats: readonly BundleFormat[] = [mlflow, mlserver, card, modelkit];
