export * from './addresses.ts';
export * from './backoff.ts';
export * from './http-client.ts';
