import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '@trafficinator/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleFile } from '../testing/funnel-material.ts';
import { loadMaterial } from './material.ts';

const directory = mkdtempSync(join(tmpdir(), 'journeys-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;
function fileWith(content: object): string {
  const path = join(directory, `journeys-${files++}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const load = (changes: Partial<Settings>) =>
  loadMaterial({ ...defaultSettings, plugin_budget_ms: 60_000, ...changes });
function codesOf(changes: Partial<Settings>): string[] {
  try {
    return load(changes).problems.map(({ code, message }) => `${code}: ${message}`);
  } catch (error) {
    return (
      error as { problems: { code: string; message: string; remedy: string }[] }
    ).problems.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
  }
}

describe('journeys of the user’s own', () => {
  it('are loaded from a file, and its digest tells it from another one', () => {
    const journeys_file = exampleFile('journeys.json');
    const one = load({ journeys_file, journey_share: 0.5 });
    expect(one.problems).toEqual([]);
    expect(one.journeys_source).toBe(journeys_file);
    expect(one.material.behaviour?.file?.journeys).toHaveLength(2);
    const other = load({ journeys_file: fileWith({}), journey_share: 0.5 });
    expect(other.material.behaviour?.digest).not.toBe(one.material.behaviour?.digest);
    expect(load({}).material.behaviour).toBeNull();
  });

  it.each<[string, Partial<Settings>, RegExp[]]>([
    [
      'a name nobody has',
      { journeys: 'buyer:1,byer:2' },
      [/^journey_unknown: .*“byer”.* There are researcher, buyer, casual\./],
    ],
    [
      'no weight at all',
      { journeys: 'buyer:0', journey_share: 1 },
      [/^journeys_malformed: No journey/],
    ],
    [
      'a file that is not there',
      { journeys_file: '/nowhere.json' },
      [/^journeys_file_unusable: .*ENOENT/],
    ],
    [
      'sections that the site has not',
      {
        journeys_file: fileWith({
          sections: { blogg: {}, blog: { leads_to: { x: 1 } } },
          journeys: [{ name: 'a', entries: [{ section: 'y' }] }],
        }),
      },
      [/“blogg”.* There are products, /, /“x”/, /“y”/],
    ],
    [
      'sections without any weight',
      {
        journeys_file: fileWith({
          sections: Object.fromEntries(
            'products services support blog resources community company documentation news solutions'
              .split(' ')
              .map((name) => [name, { weight: 0 }]),
          ),
        }),
      },
      [/no section has a weight above 0/],
    ],
  ])('are refused with %s', (_, changes, messages) => {
    const found = codesOf(changes);
    expect(found).toHaveLength(messages.length);
    for (const [at, message] of messages.entries()) expect(found[at]).toMatch(message);
  });

  it('are warned of when no visit follows them', () => {
    const unused = codesOf({ journeys_file: fileWith({ journeys: [{ name: 'a' }] }) });
    expect(unused).toEqual([expect.stringMatching(/^journeys_unused/)]);
    expect(codesOf({ journeys_file: fileWith({ popularity: 2 }) })).toEqual([]);
  });

  it('of a plugin may not have the name of another journey', () => {
    const plugins_dir = mkdtempSync(join(directory, 'plugins-'));
    const text =
      "export default { api: 1, name: 'p', journeys: [{ name: 'buyer', visit(v) { v.view('/'); } }] };";
    writeFileSync(join(plugins_dir, 'p.mjs'), text);
    expect(codesOf({ plugins_dir, journey_share: 1 })).toEqual([
      expect.stringMatching(
        /^plugin_unusable: Several journeys have the name “buyer”: built in.*plugin p/,
      ),
    ]);
  });
});
