export * from './evaluate.ts';
export { exampleOf, type MetricExample } from './example.ts';
export { metrics } from './metrics/index.ts';
export type { Metric } from './metric.ts';
export * from './service.ts';
