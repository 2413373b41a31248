import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadFunnels } from './funnels.ts';

const directory = mkdtempSync(join(tmpdir(), 'funnels-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

function load(steps: readonly object[]) {
  const path = join(directory, `funnels-${files++}.json`);
  writeFileSync(path, JSON.stringify([{ name: 'F', probability: 0.5, steps }]));
  return { path, ...loadFunnels(path, 'https://site.example') };
}
const page = (url: string) => ({ type: 'pageview', url });

describe('the funnels of a run', () => {
  it('are none when nothing is named and nothing stands at the usual place', () => {
    const nothing = { funnels: [], source: null, problems: [] };
    expect(loadFunnels(null, 'https://site.example')).toEqual(nothing);
    expect(loadFunnels('/app/data/funnels.json', 'https://site.example')).toEqual(nothing);
  });

  it('come from the file that is named', () => {
    const { path, funnels, source, problems } = load([page('https://other.example/a?b=c')]);
    expect([funnels[0]?.steps[0]?.url, source, problems]).toEqual([
      'https://other.example/a?b=c',
      path,
      [],
    ]);
  });

  it('take relative addresses as pages of the site, and say so once', () => {
    const { funnels, problems } = load([
      page('/a'),
      page('b/c'),
      { type: 'goal', goal_id: 1, url: '/a' },
      { type: 'goal', goal_id: 1 },
    ]);
    expect(funnels[0]?.steps.map(({ url }) => url)).toEqual([
      'https://site.example/a',
      'https://site.example/b/c',
      'https://site.example/a',
      null,
    ]);
    expect(problems).toMatchObject([{ code: 'funnel_address_relative', severity: 'warning' }]);
    expect(problems[0]?.message).toContain('https://site.example, where');
    expect(problems[0]?.message).toContain(': /a, b/c.');
  });

  it('warn of addresses that Matomo reads as something else', () => {
    const campaign = 'https://site.example/a?utm_source=x';
    const { problems } = load([page(campaign), page('https://site.example/?q=1'), page(campaign)]);
    expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
      ['funnel_address_misread', 'Funnel “F”, step 2'],
      ['funnel_address_misread', 'Funnel “F”, step 3'],
    ]);
  });

  it('are refused when the file cannot be read', () => {
    const missing = join(directory, 'missing.json');
    expect(loadFunnels(missing, 'https://site.example').problems).toMatchObject([
      {
        code: 'funnels_unusable',
        severity: 'error',
        value: missing,
        message: `The funnels file ${missing} cannot be read (ENOENT).`,
      },
    ]);
  });
});
