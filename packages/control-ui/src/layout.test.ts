import { expect, it } from 'vitest';
import { isInstanceId, layoutOf, mountPoint } from './layout.ts';

it('puts everything of an instance below its own folder', () => {
  const layout = layoutOf(mountPoint, 'main-2');
  expect(layout.settings_file).toBe('/app/data/loaders/main-2/settings.json');
  expect(layout.state_dir).toBe('/app/data/loaders/main-2/state');
  for (const path of Object.values(layout)) expect(path).toMatch(/^\/app\/data\/loaders\/main-2/);
});

it('makes no path of a text that is no id', () => {
  for (const text of ['', '..', '../x', 'a/b', 'A', '-a', 'a\n', 'a'.repeat(41), 'ä', '.a']) {
    expect(isInstanceId(text)).toBe(false);
    expect(() => layoutOf('/data', text)).toThrow(TypeError);
  }
});
