import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** Ids of two runs that are over: one slower, one faster. */
async function twoRuns(service: ServiceProcess): Promise<readonly [string, string]> {
  const ids: string[] = [];
  for (const concurrency of [40, 60]) {
    const config = { target_visits_per_day: 1_728_000, concurrency };
    const { json } = await service.ask('POST', '/api/start', { new_run: true, config });
    ids.push(json.run_id);
    const series = `/api/runs/${json.run_id}/series`;
    await service.until(series, ({ points }) => points.length > 1);
    await service.ask('POST', '/api/stop?timeout=5');
    await service.until(`/api/runs/${json.run_id}`, ({ end }) => end !== null);
  }
  return [ids[0] ?? '', ids[1] ?? ''];
}

inChromium('A comparison of two runs', () => {
  it('is saved as one HTML file that shows the same without the service, and as JSON', async () => {
    const { service } = await serviceWithTarget();
    const [a, b] = await twoRuns(service);
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/runs/compare?a=${a}&b=${b}`);
    await page.getByRole('img', { name: 'Accepted hits per second of both runs' }).waitFor();
    await page.getByRole('img', { name: /^Answer times of A and B: max/ }).waitFor();
    const word = await page.locator('.word').textContent();
    const planned = await page.locator('.cmp tr.sum td').first().textContent();

    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return { name: download.suggestedFilename(), path: await download.path() };
    };
    const report = await saved('Save report');
    expect(report.name).toMatch(/^trafficinator-[0-9a-f]+-[0-9a-f]+\.html$/);
    const html = readFileSync(report.path, 'utf8');
    expect(html).not.toMatch(/<script|src=|href=|0123456789abcdef0123456789abcdef/);

    const json = JSON.parse(readFileSync((await saved('Download JSON')).path, 'utf8'));
    expect(json).toMatchObject({ a: { id: a }, b: { id: b } });
    expect(json.settings).toContainEqual({ name: 'concurrency', a: 40, b: 60 });
    expect(json.series.a.length).toBeGreaterThan(1);
    expect(json.series.b.length).toBeGreaterThan(1);

    const alone = await person();
    const asked: string[] = [];
    alone.on('request', (request) => asked.push(request.url()));
    await alone.setContent(html);
    expect(await alone.locator('h1').textContent()).toBe(word);
    expect(await alone.locator('tr.sum td').nth(1).textContent()).toBe(planned?.trim());
    expect(await alone.locator('path.curve.a').count()).toBeGreaterThan(3);
    await alone.getByText('concurrency', { exact: true }).waitFor();
    expect(asked).toEqual([]);
  }, 180_000);
});
