import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { hastyClock } from '../../test/filled-site.ts';
import { runCheck } from './check.ts';

/** A check with files of these contents, named by the settings. */
async function check(files: Readonly<Record<string, unknown>>, ...set: readonly string[]) {
  const matomo = await startFakeMatomo();
  const folder = await mkdtemp(join(tmpdir(), 'wanted-'));
  onTestFinished(async () => {
    await matomo.close();
    await rm(folder, { recursive: true });
  });
  const named: string[] = [];
  for (const [setting, content] of Object.entries(files)) {
    const path = join(folder, `${setting}.json`);
    await writeFile(path, JSON.stringify(content));
    named.push(`${setting}=${path}`);
  }
  const stdout: string[] = [];
  const target = [`MATOMO_URL=${matomo.tracker_url}`, `MATOMO_TOKEN_AUTH=${DEMO_TOKEN}`];
  const exitCode = await runCheck(
    { json: true, set: ['MAX_VISITS=5', ...target, ...named, ...set] },
    {
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: () => {} },
      clock: hastyClock(),
    },
  );
  const { errors, warnings } = JSON.parse(stdout.join(''));
  const told = new Map<string, { message: string }>(
    warnings.map((warning: { code: string; message: string }) => [warning.code, warning]),
  );
  return { exitCode, errors, told };
}

const goal = (goal_id: number) => ({ type: 'goal', goal_id });
const page = { type: 'pageview', url: 'https://a.test/', title: 'A' };

it('warns of goals and custom dimensions that the site lacks, with who asks for them', async () => {
  const { exitCode, errors, told } = await check(
    {
      FUNNEL_CONFIG_PATH: [
        { name: 'Rare', probability: 0.0001, steps: [page, goal(7), goal(1)] },
        { name: 'Off', probability: 0, steps: [page, goal(8)] },
      ],
      JOURNEYS_FILE: {
        journeys: [
          {
            name: 'seeker',
            goals: [{ id: 9, share: 0.5 }],
            dimensions: [{ id: 4, values: { gold: 1 } }],
          },
        ],
      },
    },
    'JOURNEY_SHARE=0.5',
  );
  expect(errors).toEqual([]);
  expect(exitCode).toBe(0);
  expect(told.get('goal_missing')?.message).toBe(
    'The site has no goal 7 (funnel Rare), goal 9 (journey seeker); Matomo refuses the hits that reach it.',
  );
  expect(told.get('dimension_missing')?.message).toBe(
    'The site has no active custom dimension 4 (journey seeker); Matomo ignores its values without a word.',
  );
});

it('says nothing of goals that the site has', async () => {
  const { exitCode, told } = await check({
    FUNNEL_CONFIG_PATH: [{ name: 'Signup', probability: 1, steps: [page, goal(1)] }],
  });
  expect(exitCode).toBe(0);
  expect([...told.keys()]).toEqual([]);
});
