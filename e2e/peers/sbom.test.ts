import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { billOfMaterials } from '../../main/packaging/bill-of-materials.ts';
import { readLock } from '../../main/packaging/read-lock.ts';
import { shippedPackages } from '../../main/packaging/shipped.ts';
import { oracles, runOracle } from '../../main/testing/python-oracle.ts';

const root = resolve(import.meta.dirname, '../..');
const script = `
import sys
from cyclonedx.validation.json import JsonStrictValidator
from cyclonedx.schema import SchemaVersion
print(JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read()))
`;

test.skipIf(oracles === undefined)(
  "CycloneDX's own strict validator accepts the bill of materials",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const lock = readLock(root);
    const bill = billOfMaterials(lock, shippedPackages(root, lock));
    const good = join(folder, 'good.json');
    const bad = join(folder, 'bad.json');
    await writeFile(good, JSON.stringify(bill));
    await writeFile(bad, JSON.stringify({ ...bill, serialNumber: 'urn:uuid:1' }));
    expect((await runOracle(['-c', script, good])).trim()).toBe('None');
    expect((await runOracle(['-c', script, bad])).trim()).not.toBe('None');
  },
);
