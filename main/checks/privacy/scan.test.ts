import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

const people = `id,email,Phone Number,iban,card,ssn,birthDate,name,city,version,order_no,customer_ref,lat,notes
1,ada@example.org,+44 20 7946 0958,DE89370400440532013000,4111111111111111,536-22-1234,1985-12-10,Ada Lovelace,London,1.2.3.4,100023456,1234567812345678,51.507351,The patient called twice and asked for her results today.
2,bob@example.com,+44 20 7946 0959,GB29NWBK60161331926819,5500005555555559,219-09-9998,1990-01-02,Bob Miller,Leeds,1.2.3.5,100023457,1234567812345679,53.800755,Will call again next week about the open invoice of May.
3,cy@example.net,(555) 234-5678,FR1420041010050500013M02606,4012888888881881,536-22-1236,1970-05-06,Cy Young,York,2.10.0.1,100023458,1234567812345680,53.959965,
`;

test('each column has its likeliest kind, counts, and masked examples', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'people.csv');
  await writeFile(path, people);
  await client.datasets.import({ path });
  const found = await client.privacy.scan({ dataset: 'people' });
  expect(Object.fromEntries(found.columns.map(({ name, kind }) => [name, kind]))).toEqual({
    id: null,
    email: 'email',
    'Phone Number': 'phone',
    iban: 'iban',
    card: 'payment-card',
    ssn: 'us-ssn',
    birthDate: 'date-of-birth',
    name: 'person-name',
    city: null,
    version: null,
    order_no: null,
    customer_ref: null,
    lat: 'coordinates',
    notes: 'free-text',
  });
  expect(found).toMatchObject({ dataset: 'people', version: 1, rows: 3, personal: 9 });
  expect(found.columns[1]).toMatchObject({
    confidence: 1,
    matches: 3,
    values: 3,
    named: true,
    examples: ['a***@e***.org', 'b***@e***.com', 'c***@e***.net'],
  });
  expect(found.columns[13]).toMatchObject({ matches: 2, values: 2 });
  const told = JSON.stringify(found);
  const cells = people.split(/[\n,]/).slice(14);
  expect(cells.filter((cell) => cell.length > 6 && told.includes(cell))).toEqual([]);
});

test('what is personal without saying so in its name is found by its values, with less confidence', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'plain.csv');
  const rows = ['ada@example.org,1', 'none,2', 'n/a?,3', 'x,4'].join('\n');
  await writeFile(path, `a,b\n${rows}\n`);
  await client.datasets.import({ path });
  const { columns } = await client.privacy.scan({ dataset: 'plain' });
  expect(columns[0]).toMatchObject({ kind: 'email', matches: 1, values: 4, named: false, confidence: 0.238 });
  expect(columns[1]).toMatchObject({ kind: null, confidence: 0, examples: [] });
});

test('a table of houses holds no one but what lies in its places', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({
    path: join(import.meta.dirname, '../../../resources/samples/sacramento.csv'),
    name: 'houses',
  });
  const { columns } = await client.privacy.scan({ dataset: 'houses' });
  const kinds = columns.flatMap(({ name, kind }) => (kind === null ? [] : [`${name}: ${kind}`]));
  expect(kinds).toEqual(['zip: postal-code', 'latitude: coordinates', 'longitude: coordinates']);
});
