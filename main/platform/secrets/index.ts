export * from './credentials.ts';
export * from './keychain.ts';
