/**
 * Weighs the page in Chromium against the real service: its first paint with nothing cached, and its longest tasks
 * while it is told more than a service tells. Run: `node tools/bench/page/main.ts`; see docs/performance.md. Exits 1
 * when a limit is missed.
 *
 *   --seconds N   how long each view is watched (default 20)
 *   --rounds N    how often the first paint is taken (default 7)
 */
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import buildPage from '../../../packages/control-ui/test/page/build-page.ts';
import { executablePath } from '../../../packages/control-ui/test/page/chromium.ts';
import { DEMO_TOKEN, startFakeMatomo } from '../../../packages/fake-matomo/src/index.ts';
import { type Service, startService } from '../../shots/service.ts';
import { thisMachine } from '../machine.ts';
import { hourOf, playedLive, watchedTasks } from './played.ts';

const most = { first_paint_ms: 1_000, task_ms: 100 };
const viewport = { width: 1440, height: 900 };

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '7' },
  },
});
const seconds = Number(values.seconds);

/** First contentful paint in a browser that has nothing of the page yet, in milliseconds. */
async function firstPaint(browser: Browser, service: Service, cookies: Cookies): Promise<number> {
  const context = await browser.newContext({ viewport, storageState: cookies });
  const page = await context.newPage();
  await page.goto(`${service.url}/dashboard`);
  await page.locator('h1').first().waitFor();
  const paint: number = await page.evaluate(
    `new Promise((done) => new PerformanceObserver((list) => {
      const found = list.getEntries().find(({ name }) => name === 'first-contentful-paint');
      if (found !== undefined) done(found.startTime);
    }).observe({ type: 'paint', buffered: true }))`,
  );
  await context.close();
  return paint;
}

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signedIn(browser: Browser, service: Service): Promise<Cookies> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(service.url);
  await page.getByLabel('Key').fill(service.key);
  await page.getByRole('button', { name: 'Open the panel' }).click();
  await page.locator('.shell').waitFor();
  const cookies = await context.storageState();
  await context.close();
  return cookies;
}

interface Watched {
  readonly updates_per_second: number;
  readonly lines_per_second: number;
  readonly long_tasks: number;
  readonly longest_ms: number;
  readonly elements: number;
}

/** What tasks a view has while it is told so much. */
async function watched(page: Page, play: string): Promise<Watched> {
  await page.evaluate(`window.play = ${play}`);
  await page.waitForTimeout(2_000);
  await page.evaluate('window.longTasks.length = 0, window.told = { updates: 0, lines: 0 }');
  await page.waitForTimeout(seconds * 1000);
  const found: { tasks: number[]; told: { updates: number; lines: number }; elements: number } =
    await page.evaluate(
      '({ tasks: longTasks, told, elements: document.querySelectorAll("*").length })',
    );
  return {
    updates_per_second: found.told.updates / seconds,
    lines_per_second: found.told.lines / seconds,
    long_tasks: found.tasks.length,
    longest_ms: Math.max(0, ...found.tasks),
    elements: found.elements,
  };
}

const said = (what: string, found: Watched) =>
  process.stdout.write(
    `${what}: ${found.updates_per_second.toFixed(1)} updates/s, ${found.lines_per_second.toFixed(0)} lines/s, ` +
      `${found.long_tasks} tasks over 50 ms, ` +
      `${found.long_tasks === 0 ? 'none longer' : `longest ${found.longest_ms.toFixed(0)} ms`}, ` +
      `${found.elements} elements\n`,
  );

await buildPage();
const matomo = await startFakeMatomo();
const service = await startService();
const browser = await chromium.launch({
  executablePath: executablePath ?? '',
  args: ['--no-sandbox'],
});
try {
  await service.ask('POST', '/api/config/apply', {
    config: {
      matomo_url: matomo.tracker_url,
      matomo_token_auth: DEMO_TOKEN,
      target_visits_per_day: 864_000,
    },
  });
  await service.ask('POST', '/api/start', {});
  await service.until<{ hits: { accepted: number } }>(
    '/api/status',
    ({ hits }) => hits.accepted > 50,
  );
  const machine = thisMachine();
  process.stdout.write(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Chromium ${browser.version()}, ` +
      `load ${machine.load.toFixed(1)}, ${machine.taken_at}\n`,
  );
  const cookies = await signedIn(browser, service);
  const paints: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    paints.push(await firstPaint(browser, service, cookies));
  }
  paints.sort((a, b) => a - b);
  const median = paints[Math.floor(paints.length / 2)] ?? Number.NaN;
  process.stdout.write(
    `first paint, nothing cached: median ${median.toFixed(0)} ms, ${paints[0]?.toFixed(0)} to ${paints.at(-1)?.toFixed(0)} ms\n`,
  );

  const context = await browser.newContext({ viewport, storageState: cookies });
  await context.addInitScript(playedLive);
  await context.addInitScript(watchedTasks);
  await context.route('**/api/runs/*/series*', (route) =>
    route.fulfill({ json: { points: hourOf(Date.now()) } }),
  );
  const page = await context.newPage();
  await page.goto(`${service.url}/dashboard?range=1h`);
  await page.locator('.plot canvas').first().waitFor();
  const live = await watched(page, '{ updates: 10, lines: 0 }');
  said('dashboard, an hour of data', live);
  await page.goto(`${service.url}/logs?lines=all`);
  await page.locator('.log-rows li').first().waitFor();
  const lines = await watched(page, '{ updates: 10, lines: 2000 }');
  said('log', lines);

  const missed = [
    ...(median > most.first_paint_ms ? ['first paint'] : []),
    ...(live.longest_ms > most.task_ms ? ['dashboard'] : []),
    ...(lines.longest_ms > most.task_ms ? ['log'] : []),
    ...(live.updates_per_second < 9 ? ['too few updates were played'] : []),
    ...(lines.lines_per_second < 1_800 ? ['too few lines were played'] : []),
  ];
  if (missed.length > 0) process.stdout.write(`missed: ${missed.join(', ')}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await service.close();
  await matomo.close();
}
process.exit();
