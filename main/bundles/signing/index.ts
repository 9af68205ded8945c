export { ensureSigningKey, fingerprintOf, readSigningKey, type SigningKey } from './signing-key.ts';
export { readSignature, writeSignature, type ReadSignature } from './signature.ts';
export { signatureFile, type SignedFile } from './statement.ts';
export { readTrustedKeys, trustKey, type TrustedKey } from './trusted-keys.ts';
