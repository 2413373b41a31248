import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runHere } from './here.ts';
import { Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

const root = new URL('../../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The fenced blocks of a page that contain some words, without their fences. */
const blocksWith = (page: string, words: string): string[] =>
  [...textOf(page).matchAll(/^```\w*\n(.*?)^```$/gms)]
    .map(([, block]) => block!)
    .filter((block) => block.includes(words));

describe('the README', () => {
  it('shows the demo as it is', async () => {
    const [shown] = blocksWith('README.md', '500 delivered');
    // Around midnight Matomo counts visits twice: what is shown was seen by day.
    const { now } = Date;
    const shift_ms = Date.UTC(2026, 5, 10, 10) - now();
    const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + shift_ms);
    const { code, out } = await runHere(['demo'], {}).finally(() => spy.mockRestore());
    expect(code).toBe(0);
    const printed = out.split('\n');
    const lines = shown!.split('\n').filter((line) => line.trim() !== '…');
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
  });
});

describe('the page about plans', () => {
  it.each([
    ['the timeline', 'end of the stay', ['--visits', '1']],
    ['the summary', 'Negative traffic', ['--summary', '--visits', '100000']],
  ])('shows %s as it is', async (_, words, asked) => {
    const [shown] = blocksWith('docs/plan.md', words);
    const settings =
      words === 'Negative traffic'
        ? { NEGATIVE_TRAFFIC: 'bots:0.05,ai_fetchers:0.02,spam_referrers:0.01' }
        : {};
    const { code, out } = await yard.run(settings, ['plan', ...asked]);
    expect(code).toBe(0);
    expect(shown!.split('\n').length).toBeGreaterThan(5);
    expect(out.startsWith(shown!)).toBe(true);
  });
});

describe('the page about traffic', () => {
  it('shows a list of pages that can be used', async () => {
    const [shown] = blocksWith('docs/traffic.md', 'Chairs\t25');
    writeFileSync(yard.path('urls.txt'), shown!);
    const settings = { URLS_FILE: yard.path('urls.txt') };
    const { code, out, err } = await yard.run(settings, ['plan', '--visits', '40']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('https://shop.example.test/  “Home”');
  });

  it('shows the campaigns of the example, and they are planned', async () => {
    const [shown] = blocksWith('docs/traffic.md', '"black-friday"');
    expect(shown).toBe(textOf('examples/campaigns.json'));
    const settings = {
      CHANNELS: 'search:60,campaign:30',
      CAMPAIGNS_FILE: new URL('examples/campaigns.json', root).pathname,
      CAMPAIGN_PARAMETERS: 'utm',
    };
    const { code, out } = await yard.run(settings, ['plan', '--visits', '40']);
    expect(code).toBe(0);
    expect(out).toContain('?utm_campaign=newsletter-48&utm_source=newsletter&utm_medium=email');
    expect(out).toContain('/sale/black-friday?utm_campaign=black-friday');
  });

  it('shows the volumes of days as they are', async () => {
    const [command, shown] = [
      blocksWith('docs/traffic.md', '--days 9')[0]!,
      blocksWith('docs/traffic.md', 'visits in 9 days')[0]!,
    ];
    const args = command.trim().split(' ').slice(4);
    const { code, out } = await yard.run({}, args);
    expect([code, out]).toEqual([0, shown]);
  });

  it('shows the burst of the example, and it is planned on its day', async () => {
    const [shown] = blocksWith('docs/traffic.md', '"bursts"');
    expect(shown).toBe(textOf('examples/black-friday.json'));
    const settings = { CAMPAIGNS_FILE: new URL('examples/black-friday.json', root).pathname };
    const on = (day: string) => yard.run(settings, ['plan', '--day', day, '--visits', '40']);
    expect((await on('2026-11-27')).out).toContain('campaign black-friday');
    expect((await on('2026-11-26')).out).not.toContain('campaign');
  });
});

describe('the pages about journeys and plugins', () => {
  it('show the journeys file of the example', () => {
    const [shown] = blocksWith('docs/journeys.md', '"newsletter reader"');
    expect(shown).toBe(textOf('examples/journeys.json'));
  });

  it('name the shares that a check names', async () => {
    const { out } = await yard.run(
      { MATOMO_URL: 'https://matomo.lan', JOURNEY_SHARE: 0.5, JOURNEYS: 'researcher:10,buyer:90' },
      ['check', '--skip-connection'],
    );
    expect(out).toContain('researcher 5 %, buyer 45 %');
  });

  it('show a plugin that works', async () => {
    const [shown = ''] = blocksWith('docs/plugins.md', "name: 'office'");
    const text = shown.slice(
      shown.indexOf('/** @type'),
      shown.indexOf('END\n', shown.indexOf('};')),
    );
    const directory = yard.path('office');
    mkdirSync(directory);
    writeFileSync(join(directory, 'office.mjs'), text);
    const settings = {
      PLUGINS_DIR: directory,
      PLUGIN_BUDGET_MS: 60_000,
      JOURNEY_SHARE: 1,
      JOURNEYS: 'office hours:1',
    };
    const { code, out, err } = await yard.run(settings, ['plan', '--visits', '20']);
    expect(code).toBe(0);
    expect(err).not.toContain('warning: The plugin');
    expect(out.match(/journey “office hours”/g)).toHaveLength(20);
    expect(out).toContain('Contact / Call');
  });
});
