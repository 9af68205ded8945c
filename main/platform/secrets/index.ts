export * from './credentials.ts';
export * from './keychain.ts';
export { offerVault, type Vault } from './vault.ts';
