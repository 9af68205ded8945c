import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { billOfMaterials } from './bill-of-materials.ts';
import { readLock } from './read-lock.ts';
import { shippedPackages } from './shipped.ts';

/** `npm run sbom [-- FILE]`: writes the bill of materials of this checkout, made from the lock alone. */
const folder = resolve(import.meta.dirname, '../..');
const file = resolve(process.argv[2] ?? join(folder, 'out', 'sbom.cdx.json'));
const lock = readLock(folder);
const bill = billOfMaterials(lock, shippedPackages(folder, lock));
const required = bill.components.filter(({ scope }) => scope === 'required').length;
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(
  `${bill.components.length} packages, ${required} of them inside an installed Holdfast: ${file}\n`,
);
