import { makeExamples, onEveryPage, placesOf } from './every-page.ts';
import { expect, test } from './holdfast.ts';

const most = 4_000_000;

test('every page fits a narrow window and one at 200 %, and asks for nothing large', async ({ app }) => {
  test.setTimeout(400_000);
  const faults: string[] = [];
  const sizes: Promise<void>[] = [];
  app.on('pageerror', (error) => faults.push(`a fault of the page: ${error.message}`));
  app.on('response', (response) => {
    const sized = async () => {
      const kind = response.headers()['content-type'] ?? '';
      if (kind.startsWith('text/event-stream')) return;
      const { length } = await response.body().catch(() => Buffer.alloc(0));
      const sent = response.request().postDataBuffer()?.length ?? 0;
      if (Math.max(length, sent) > most) faults.push(`${response.url()}: ${length} bytes`);
    };
    sizes.push(sized());
  });
  const examples = await makeExamples(app);
  // 200 % of a window of 1280 by 800 is a page of 640 by 400.
  for (const [width, height] of [
    [1024, 700],
    [640, 400],
  ] as const) {
    await app.setViewportSize({ width, height });
    await onEveryPage(app, placesOf(examples), async (place) => {
      const over = await app.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const page = document.querySelector('.page-body');
        return Math.max(scrollWidth - clientWidth, page ? page.scrollWidth - page.clientWidth : 0);
      });
      if (over > 0) faults.push(`${place} at ${width}: ${over} pixels stand out to the right`);
    });
  }
  await Promise.all(sizes);
  expect(sizes.length).toBeGreaterThan(50);
  expect(faults).toEqual([]);
});
