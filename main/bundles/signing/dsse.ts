import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** What the envelope's payload is: an in-toto statement. */
export const payloadType = 'application/vnd.in-toto+json';

/**
 * What is signed: type and payload with their lengths, so that neither can be taken for the other
 * (DSSE v1.0.2 protocol.md, "pre-authentication encoding").
 */
function preAuthEncoding(payload: Uint8Array, type = payloadType): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** ECDSA P-256 with SHA-256, DER-encoded. Random per signature: signing twice gives two right answers. */
export function signPayload(payload: Uint8Array, key: KeyObject): Uint8Array {
  return sign('sha256', preAuthEncoding(payload), key);
}

export function payloadIsSignedBy(payload: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return verify('sha256', preAuthEncoding(payload), key, signature);
}

/**
 * A P-256 public key from its SPKI DER bytes; undefined for anything else, and for bytes that OpenSSL reads but would not
 * write (it overlooks a wrong count of unused bits): a key has one form only.
 */
export function publicKeyFrom(der: Uint8Array): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    return key.export({ type: 'spki', format: 'der' }).equals(der) ? key : undefined;
  } catch {
    return undefined;
  }
}
