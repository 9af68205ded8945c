export * from './durable.ts';
export * from './steps.ts';
