import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../testing/data-folder.ts';
import { systemClock } from '../system-clock.ts';
import { LoaderCommands } from './loader-commands.ts';
import { LoaderMaterial } from './loader-material.ts';

const loader_entry = fileURLToPath(new URL('../../../../loader/src/main.ts', import.meta.url));

it('asks the loader for what is built into it, once', async () => {
  const commands = new LoaderCommands({
    clock: systemClock,
    loader_entry,
    folder: dataFolder(),
    environment: {},
  });
  onTestFinished(() => commands.close());
  let asked = 0;
  const material = new LoaderMaterial({
    run: (...args) => {
      asked += 1;
      return commands.run(...args);
    },
    close: () => commands.close(),
  });
  const [urls, again, events] = await Promise.all([
    material.urls(),
    material.urls(),
    material.events(),
  ]);
  expect(urls.split('\n')).toHaveLength(2_001);
  expect(again).toBe(urls);
  expect(events.click_events.length).toBeGreaterThan(0);
  expect(events.random_events.some(({ value }) => value !== null)).toBe(true);
  expect(asked).toBe(2);
});

it('asks again after it failed', async () => {
  let exit_code = 1;
  const material = new LoaderMaterial({
    run: async () => ({
      exit_code,
      stdout: 'https://a.test/',
      stderr: '',
      cut: false,
      timed_out: false,
    }),
    close: async () => {},
  });
  await expect(material.urls()).rejects.toThrow(/exit 1/);
  exit_code = 0;
  expect(await material.urls()).toBe('https://a.test/');
});
