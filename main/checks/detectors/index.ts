import { coordinates } from './coordinates.ts';
import { dateOfBirth } from './date-of-birth.ts';
import type { Detector } from './detector.ts';
import { dutchBsn } from './dutch-bsn.ts';
import { email } from './email.ts';
import { freeText } from './free-text.ts';
import { frenchNir } from './french-nir.ts';
import { germanTaxId } from './german-tax-id.ts';
import { iban } from './iban.ts';
import { ipAddress } from './ip-address.ts';
import { italianFiscalCode } from './italian-fiscal-code.ts';
import { paymentCard } from './payment-card.ts';
import { personName } from './person-name.ts';
import { phone } from './phone.ts';
import { postalAddress } from './postal-address.ts';
import { postalCode } from './postal-code.ts';
import { spanishId } from './spanish-id.ts';
import { swedishPersonnummer } from './swedish-personnummer.ts';
import { ukNino } from './uk-nino.ts';
import { usSsn } from './us-ssn.ts';

/** Every kind of personal data that is looked for; of two that are as sure, the earlier one. */
export const detectors: readonly Detector[] = [
  email,
  iban,
  paymentCard,
  usSsn,
  ukNino,
  germanTaxId,
  frenchNir,
  spanishId,
  italianFiscalCode,
  dutchBsn,
  swedishPersonnummer,
  ipAddress,
  phone,
  personName,
  postalAddress,
  postalCode,
  dateOfBirth,
  coordinates,
  freeText,
];
export { maskPlain, type Detector } from './detector.ts';
