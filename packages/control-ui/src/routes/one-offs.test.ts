import { expect, it } from 'vitest';
import type { Commands } from '../ports/commands.ts';
import type { LoaderFile } from '../ports/files.ts';
import { testApp } from '../testing/app.ts';

/** A planner that keeps what it was given, and plans one visit. */
function planner() {
  const given: { args: readonly string[]; files: Partial<Record<LoaderFile, string>> }[] = [];
  const commands: Commands = {
    run: async (args, _settings, _limits, files = {}) => {
      given.push({ args, files });
      return { exit_code: 0, stdout: '{"visit":0}\n', stderr: '', cut: false, timed_out: false };
    },
    close: async () => {},
  };
  return { commands, given };
}

const funnel = (name: string) => ({
  name,
  probability: 0.2,
  steps: [{ type: 'pageview', url: '/' }],
});

it('plans visits that all take a funnel which is not kept, whatever its switch says', async () => {
  const { commands, given } = planner();
  const { ask } = await testApp({ commands });
  await ask('POST', '/api/funnels', { body: funnel('kept') });
  const body = { visits: 3, from: 6, funnel: { ...funnel('draft'), enabled: false } };
  expect((await ask('POST', '/api/plan', { body })).json()).toEqual({ visits: [{ visit: 0 }] });
  const [run] = given;
  expect(run?.args).toEqual(['plan', '--format', 'jsonl', '--visits', '3', '--from', '6']);
  expect(JSON.parse(run?.files.funnel_config_path ?? '')).toEqual([
    { ...funnel('draft'), enabled: true, probability: 1 },
  ]);
});

it('plans with journeys that are not kept, and without funnels', async () => {
  const { commands, given } = planner();
  const { ask } = await testApp({ commands });
  await ask('POST', '/api/funnels', { body: funnel('kept') });
  const journeys = { journeys: [{ name: 'reader', weight: 3 }] };
  const answer = await ask('POST', '/api/plan', {
    body: { journeys, config: { journey_share: 1 } },
    as: 'viewer',
  });
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(given[0]?.files.journeys_file ?? '')).toEqual(journeys);
  expect(given[0]?.files.funnel_config_path).toBe('[]');
});
