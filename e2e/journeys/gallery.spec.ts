import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { expect, test, visit } from './holdfast.ts';

/**
 * Each chart is drawn from fixed data and held against a stored picture, both shrunk to a few cells, so that fonts and
 * antialiasing do not count but a missing, moved or miscoloured mark does. `HOLDFAST_NEW_PICTURES=1` stores new ones.
 */
const folder = join(import.meta.dirname, 'gallery');
const renew = process.env['HOLDFAST_NEW_PICTURES'] === '1';
/** Cells of a shrunk picture. */
const size = { width: 96, height: 60 };
/** Most cells, of a hundred, that may differ in colour by more than a tenth of the scale. */
const most = 4;

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });

    test('every chart looks as it did', async ({ app }) => {
      await openGallery(app);
      const figures = app.locator('figure.figure-card');
      const wrong: string[] = [];
      for (let i = 0; i < (await figures.count()); i++) {
        const plot = figures.nth(i).locator('[data-drawn]');
        await plot.scrollIntoViewIfNeeded();
        const id = (await plot.getAttribute('data-drawn')) ?? '';
        const now = await shrunk(app, plot);
        const path = join(folder, `${id}-${colorScheme}.png`);
        if (renew || !existsSync(path)) {
          if (!renew) wrong.push(`${id}: no stored picture`);
          mkdirSync(folder, { recursive: true });
          if (renew) writeFileSync(path, Buffer.from(now.split(',')[1] ?? '', 'base64'));
          continue;
        }
        const before = `data:image/png;base64,${readFileSync(path).toString('base64')}`;
        const percent = await difference(app, now, before);
        if (percent > most) wrong.push(`${id}: ${percent.toFixed(1)} % of its cells differ`);
      }
      expect(wrong).toEqual([]);
    });
  });
}

test('a broken chart is told from a whole one', async ({ app }) => {
  await openGallery(app);
  const plot = app.locator('[data-drawn="histogram"]');
  const whole = await shrunk(app, plot);
  await plot.evaluate((element) => element.querySelector('.barlayer')?.remove());
  expect(await difference(app, await shrunk(app, plot), whole)).toBeGreaterThan(most);
});

test('charts are saved as pictures and numbers, copied, and picked from', async ({ app }) => {
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openGallery(app);
  const figure = app.getByRole('figure', { name: /^Most houses cost/ });
  const save = async (item: string) => {
    await figure.getByRole('button', { name: /^save / }).click();
    const [download] = await Promise.all([
      app.waitForEvent('download'),
      app.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const png = await save('Picture (PNG)');
  expect(png.name).toBe('histogram.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  const svg = (await save('Drawing (SVG)')).bytes.toString();
  expect(svg).toContain('Most houses cost between');
  const csv = (await save('Numbers (CSV)')).bytes.toString();
  expect(csv.split('\n').slice(0, 2)).toEqual(['series,price,houses,from,to', 'north,25000,15,0,50000']);

  await figure.getByRole('button', { name: /^save / }).click();
  await app.getByRole('menuitem', { name: 'Copy the picture' }).click();
  await expect
    .poll(() => app.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)))
    .toContain('image/png');

  const scatter = app.locator('[data-drawn="scatter"]');
  await scatter.scrollIntoViewIfNeeded();
  const box = await scatter.locator('.nsewdrag').boundingBox();
  if (!box) throw new Error('the scatter is not drawn');
  await app.mouse.move(box.x + 10, box.y + 10);
  await app.mouse.down();
  await app.mouse.move(box.x + box.width / 2, box.y + box.height - 4, { steps: 5 });
  await app.mouse.up();
  await expect(app.getByText(/^\d+ marks picked$/)).toBeVisible();
});

async function openGallery(page: Page): Promise<void> {
  await visit(page, '/gallery');
  const figures = page.locator('figure.figure-card');
  await expect(figures.first()).toBeVisible();
  await expect(page.locator('[data-drawn]')).toHaveCount(await figures.count());
}

/** The element's picture in few cells, as a `data:` address. */
async function shrunk(page: Page, element: Locator): Promise<string> {
  const bytes = await element.screenshot({ animations: 'disabled' });
  return page.evaluate(
    async ({ address, width, height }) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, width, height);
      return canvas.toDataURL('image/png');
    },
    { address: `data:image/png;base64,${bytes.toString('base64')}`, ...size },
  );
}

/** Cells, of a hundred, whose colour differs visibly. */
function difference(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async ({ addresses, width, height }) => {
      const [a, b] = await Promise.all(
        addresses.map(async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
        }),
      );
      let differing = 0;
      for (let at = 0; at < width * height * 4; at += 4) {
        const distance = Math.max(
          ...[0, 1, 2].map((channel) => Math.abs((a?.[at + channel] ?? 0) - (b?.[at + channel] ?? 0))),
        );
        if (distance > 26) differing++;
      }
      return (100 * differing) / (width * height);
    },
    { addresses: [one, other], ...size },
  );
}
