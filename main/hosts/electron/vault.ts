import { safeStorage } from 'electron';
import type { Vault } from '../../platform/secrets/index.ts';

/** Electron's own door to the system's keychain. On Linux without one it would only hide, not encrypt: then it is none. */
export const electronVault: Vault = {
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
};
