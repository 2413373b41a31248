import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addKey } from '../../src/cli/keys.ts';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const any = { 'if-match': '*' };
const field = (page: Page) => page.getByRole('textbox', { name: 'URL list' });
const typedText = (page: Page) => field(page).inputValue();
const textOf = async (service: ServiceProcess) =>
  (await service.ask('GET', '/api/urls/content')).text;

const longList = (lines: number): string =>
  Array.from(
    { length: lines },
    (_, n) =>
      `https://shop.test/part-${n % 300}/page-${n}\tPage ${n} of the shop\t${(n % 50) + 1}\n`,
  ).join('');

/** A person who looks at the list of a service. */
async function atUrls(content: string | null) {
  const { service } = await serviceWithTarget();
  if (content !== null) {
    const { status } = await service.ask('PUT', '/api/urls', { content }, any);
    expect(status).toBe(200);
  }
  const page = await person();
  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, service);
  await page.goto(`${service.url}/urls`);
  await page.getByText('valid', { exact: true }).waitFor();
  return { service, page };
}

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('File with URLs').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

inChromium('The URL list', () => {
  it('of 22,000 lines is shown with few elements, wherever one is in it', async () => {
    const { page } = await atUrls(longList(22_000));
    await page.getByText('22,000 pages, 1 host').waitFor();
    const elements = () => page.locator('*').count();
    const painted = () => page.locator('.ed-paint li').count();
    expect(await painted()).toBeLessThan(100);
    await page.getByLabel('Go to line').fill('12,345');
    await page.keyboard.press('Enter');
    await page.locator('.ed-numbers .now', { hasText: '12345' }).waitFor();
    await page.locator('.ed-paint .now', { hasText: 'page-12344' }).waitFor();
    await page.locator('textarea:focus').waitFor();
    // Scrolled on, the field goes along, and the cursor stays where it was.
    await page.locator('.ed-body').hover();
    for (let line = 12_345; line < 15_000; line += 500) {
      await page.mouse.wheel(0, 10_000);
      const last = page.locator('.ed-numbers li').last();
      await expect
        .poll(async () => Number(await last.textContent()), { timeout: 30_000 })
        .toBeGreaterThan(line + 400);
    }
    expect(await painted()).toBeLessThan(100);
    await page.keyboard.type('# here ');
    await page.locator('.ed-paint .now', { hasText: /^# here https.*page-12344\b/ }).waitFor();
    await page.keyboard.press('Control+End');
    await page.locator('.ed-numbers .now', { hasText: '22001' }).waitFor();
    // Found wherever it is, though the field has only the end.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('PAGE-777 ');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.locator('.ed-paint .now', { hasText: 'part-177/page-777' }).waitFor();
    expect(await page.locator('.tree li').count()).toBeLessThan(100);
    expect(await elements()).toBeLessThan(1_500);
  });

  it('selects all of a long text, though the field holds a part of it', async () => {
    const { service, page } = await atUrls(longList(4_000));
    await page.getByText('4,000 pages, 1 host').waitFor();
    await field(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('https://shop.test/\tOnly this');
    await page.getByText('1 page, 1 host').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The URLs are saved.').waitFor();
    expect(await textOf(service)).toBe('https://shop.test/\tOnly this');
  });

  it('tells what is wrong with a line, leads there, and is saved only when it is mended', async () => {
    const { service, page } = await atUrls(longList(5_000));
    await field(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('ftp://shop.test/x\n');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('https://shop.test/y');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Title');
    await page.keyboard.press('Tab');
    await page.keyboard.type('heavy');
    await page.getByText('2 errors').waitFor();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).toBe(true);
    const problems = page.getByRole('list', { name: 'Problems of the text' });
    await problems.getByText('The weight “heavy” is no number').waitFor();
    await problems.getByRole('button', { name: 'Line 1', exact: true }).click();
    await page.locator('.ed-numbers .now.bad', { hasText: /^1$/ }).waitFor();
    await page.locator('.ed-told', { hasText: 'no absolute http or https URL' }).waitFor();
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('# gone');
    await page.getByText('1 error', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Line 5,002' }).click();
    await page.keyboard.press('End');
    for (const _ of 'heavy') await page.keyboard.press('Backspace');
    await page.keyboard.type('2.5');
    await page.getByText('valid', { exact: true }).waitFor();
    await save.click();
    await page.getByText('The URLs are saved.').waitFor();
    expect(await textOf(service)).toBe(`# gone\n${longList(5_000)}https://shop.test/y\tTitle\t2.5`);
    await page.reload();
    await page.getByText('5,001 pages, 1 host').waitFor();
    expect(await page.getByText('changes not saved').count()).toBe(0);
  });

  it('keeps what was typed over a reload, and asks before it is left', async () => {
    const { page } = await atUrls('https://shop.test/\tHome\n');
    await field(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('https://shop.test/new');
    await page.getByText('changes not saved').waitFor();
    await page.reload();
    await page.getByText('changes not saved').waitFor();
    expect(await typedText(page)).toBe('https://shop.test/\tHome\nhttps://shop.test/new');
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.getByRole('dialog').getByText('Leave with changes to the URLs').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await typedText(page)).toBe('https://shop.test/\tHome\n');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await typedText(page)).toBe('https://shop.test/\tHome\nhttps://shop.test/new');
  });

  it('is uploaded, searched, downloaded, and reset with a way back', async () => {
    const { service, page } = await atUrls(null);
    await page.getByRole('heading', { name: 'No list of your own' }).waitFor();
    await upload(page, 'mine.bin', Buffer.from([0xff, 0xfe, 0x41]));
    await page.getByText('mine.bin is no text in UTF-8.').waitFor();
    const own = '\uFEFFhttps://a.test/\tHome\r\nhttps://b.test/shop/one\tOne\t3\r\n';
    await upload(page, 'mine.txt', Buffer.from(own));
    await page.getByText('2 pages, 2 hosts').waitFor();
    await page.getByLabel('Find in the text').fill('SHOP');
    await page.keyboard.press('Enter');
    await page.getByText('1 of 1').waitFor();
    expect(await page.locator('.ed-paint mark').allInnerTexts()).toEqual(['shop']);
    await page.getByRole('button', { name: 'Close b.test' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The URLs are saved.').waitFor();
    const saved = 'https://a.test/\tHome\nhttps://b.test/shop/one\tOne\t3\n';
    expect(await textOf(service)).toBe(saved);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('urls.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe(saved);

    await page.getByRole('button', { name: 'Reset…' }).click();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    // At once: it is offered for eight seconds.
    const offered = page.locator('.toast', { hasText: 'The built-in URLs apply.' });
    await offered.getByRole('button').click();
    await page.getByText('Your URLs are saved again.').waitFor();
    const { json: audit } = await service.ask('GET', '/api/audit');
    const done = audit.items.map(({ action }: { action: string }) => action);
    expect(done.filter((action: string) => /^urls/.test(action))).toEqual([
      'urls.save',
      'urls.clear',
      'urls.save',
    ]);
    await page.getByText('2 pages, 2 hosts').waitFor();
    expect(await textOf(service)).toBe(saved);
  });

  it('shows both versions when somebody else saved meanwhile', async () => {
    const { service, page } = await atUrls('https://a.test/both\tBoth\n');
    await field(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('https://a.test/mine');
    const theirs = 'https://a.test/both\tBoth\nhttps://a.test/theirs\n';
    await service.ask('PUT', '/api/urls', { content: theirs }, any);
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByText('valid', { exact: true }).waitFor();
    await save.click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved the URLs meanwhile' });
    await dialog.waitFor();
    expect(await dialog.locator('pre').allInnerTexts()).toEqual([
      'https://a.test/theirs\n',
      'https://a.test/mine',
    ]);
    expect(await textOf(service)).toBe(theirs);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await save.click();
    await page.getByText('The URLs are saved.').waitFor();
    expect(await textOf(service)).toBe('https://a.test/both\tBoth\nhttps://a.test/mine');
  });

  it('shows its structure, its shares and planned visits, and script in a title as text', async () => {
    const script = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
    const { page } = await atUrls(
      `https://a.test/shop/one\t${script}\t97\nhttps://a.test/shop/two\tTwo\t3\n`,
    );
    const shares = page.locator('.shares li');
    await shares.first().waitFor();
    expect(await shares.allInnerTexts()).toEqual([
      expect.stringMatching(/<img src=x.*\s*97\.000 %/),
      expect.stringMatching(/Two\s*3\.000 %/),
    ]);
    await page.getByRole('button', { name: 'Open shop' }).click();
    await page.getByRole('button', { name: 'two', exact: true }).click();
    await page.locator('.ed-numbers .now', { hasText: '2' }).waitFor();
    await page.locator('.visit', { hasText: script }).first().waitFor({ timeout: 30_000 });
    await field(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('https://b.test/\tBrand new page');
    await page.getByText('1 page, 1 host').waitFor();
    await page.getByRole('button', { name: 'Plan changes' }).click();
    await page
      .locator('.visit', { hasText: 'Brand new page' })
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await page.title()).toBe('URLs · Trafficinator');
  });

  it('is read by a viewer, who can change nothing', async () => {
    const { service } = await serviceWithTarget();
    const said: string[] = [];
    addKey(join(service.folder, 'control'), 'watcher', 'viewer', (line) => said.push(line));
    const page = await person();
    await page.goto(`${service.url}/urls`);
    await page.getByLabel('Key').fill(String(said.find((line) => line.startsWith('trf_'))));
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByText('valid', { exact: true }).waitFor();
    await page.locator('.visit').first().waitFor({ timeout: 30_000 });
    expect(await field(page).getAttribute('readonly')).not.toBeNull();
    const acts = await page.locator('.acts button').allInnerTexts();
    expect(acts).toEqual(['Download']);
  });
});
