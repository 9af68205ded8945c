import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { parseStrictJson } from '../strict-json.ts';
import { payloadIsSignedBy, payloadType, publicKeyFrom, signPayload } from './dsse.ts';
import { fingerprintOf, hintOf, type SigningKey } from './signing-key.ts';
import { issues, readStatement, writeStatement, type SignedFile } from './statement.ts';

const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const keyDetails = 'PKIX_ECDSA_P256_SHA_256';
/** In the one form that encoders write: no bit of it is idle. */
const Base64 = z
  .string()
  .min(1)
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'expected base64');

/** Strict: what is not signed itself may say nothing, so that any changed bit shows. */
const Envelope = z.strictObject({
  mediaType: z.literal(mediaType),
  verificationMaterial: z.strictObject({
    publicKey: z.strictObject({
      hint: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      /** SPKI DER. Optional in the format; always there in ours, so that a stranger can check the signature. */
      rawBytes: Base64.optional(),
      keyDetails: z.literal(keyDetails).optional(),
    }),
    tlogEntries: z.array(z.never()).optional(),
  }),
  dsseEnvelope: z.strictObject({
    payload: Base64,
    payloadType: z.literal(payloadType),
    signatures: z.tuple([z.strictObject({ sig: Base64, keyid: z.literal('').optional() })]),
  }),
});

/** What a signature says once it is proven: who signed, and the files. */
export interface ReadSignature {
  readonly fingerprint: string;
  readonly publicKey: KeyObject;
  readonly name: string;
  readonly files: readonly SignedFile[];
}

/** The text of `model.sig`: a Sigstore bundle v0.3 over the list of files, as OpenSSF model signing 1.0 reads it. */
export function writeSignature(name: string, files: readonly SignedFile[], key: SigningKey): string {
  const payload = writeStatement(name, files);
  return JSON.stringify({
    mediaType,
    verificationMaterial: {
      publicKey: {
        hint: hintOf(key.publicKey),
        rawBytes: key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        keyDetails,
      },
      tlogEntries: [],
    },
    dsseEnvelope: {
      payload: Buffer.from(payload).toString('base64'),
      payloadType,
      signatures: [{ sig: Buffer.from(signPayload(payload, key.privateKey)).toString('base64'), keyid: '' }],
    },
  });
}

/**
 * Checks a signature file and says what it vouches for. `known` are keys to try where the file brings none.
 * Throws an Error in words when it is malformed, not right, or made with a key nobody here has.
 */
export function readSignature(bytes: Uint8Array, known: readonly KeyObject[] = []): ReadSignature {
  const parsed = Envelope.safeParse(parseStrictJson(bytes));
  if (!parsed.success)
    throw new Error(`it is not a Sigstore bundle v0.3 with a public key: ${issues(parsed.error)}`);
  const { verificationMaterial, dsseEnvelope } = parsed.data;
  const publicKey = signingKeyOf(verificationMaterial.publicKey, known);
  const payload = Buffer.from(dsseEnvelope.payload, 'base64');
  const [{ sig }] = dsseEnvelope.signatures;
  if (!payloadIsSignedBy(payload, Buffer.from(sig, 'base64'), publicKey)) {
    throw new Error(
      'the signature does not fit what it signs; the list of files or the signature was changed',
    );
  }
  return { fingerprint: fingerprintOf(publicKey), publicKey, ...readStatement(payload) };
}

function signingKeyOf(
  material: z.infer<typeof Envelope>['verificationMaterial']['publicKey'],
  known: readonly KeyObject[],
): KeyObject {
  const { hint, rawBytes } = material;
  if (rawBytes === undefined) {
    const match = known.find((key) => hintOf(key) === hint);
    if (match) return match;
    throw new Error('it was made with a key that is neither inside nor known here');
  }
  const key = publicKeyFrom(Buffer.from(rawBytes, 'base64'));
  if (!key) throw new Error('the public key inside is not one on P-256');
  if (hint !== undefined && hintOf(key) !== hint) {
    throw new Error('the public key inside is not the one it names');
  }
  return key;
}
