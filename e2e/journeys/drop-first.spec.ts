import { expect, startHoldfast, test, visit } from './holdfast.ts';

test('a file dropped on the first page opens a workspace of its own, and a page asks once when none is open', async ({
  page,
}) => {
  const holdfast = await startHoldfast();
  try {
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/workspaces.info')) asked++;
    });
    await page.goto(holdfast.address);
    await visit(page, '/runs');
    await expect(page.getByRole('button', { name: /^New workspace/ })).toBeVisible();
    // A page that asks on each refusal would have asked hundreds of times while the samples were read.
    await expect(page.getByRole('button', { name: /^Open House prices/ })).toBeVisible();
    expect(asked).toBeLessThan(5);
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['a,b\n1,x\n2,y\n'], 'dropped.csv', { type: 'text/csv' }));
      return transfer;
    });
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
    await expect(page.getByText('Drop to look at it, in a workspace of your own')).toBeVisible();
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await expect(page.getByRole('table', { name: 'First rows of the file' })).toContainText('y');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByRole('grid', { name: 'Rows of dropped@1' })).toContainText('x');
  } finally {
    await holdfast.stop();
  }
});
