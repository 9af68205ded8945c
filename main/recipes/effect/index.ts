export { createSampleCache, type SampleOf } from './sample-cache.ts';
export { recipeEffect } from './recipe-effect.ts';
