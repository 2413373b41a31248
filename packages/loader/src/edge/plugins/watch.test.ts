import { expect, it } from 'vitest';
import { PluginWatch } from './watch.ts';

it('counts the visits over which a plugin takes longer than it may, whether it fails or not', () => {
  let now_ms = 0;
  const watch = new PluginWatch(() => now_ms, 10);
  const takes = (ms: number, fails = false) => {
    now_ms += ms;
    if (fails) throw new Error('too much');
  };
  const watched = watch.over({
    api: 1,
    name: 'own',
    journeys: [
      { name: 'quick', visit: () => takes(10) },
      { name: 'slow', visit: () => takes(11) },
      { name: 'worse', visit: () => takes(90, true) },
    ],
    hits: () => {
      takes(25);
      return [];
    },
  });
  expect(watch.counts().get('own')).toEqual({ slow: 0, slowest_ms: 0 });
  const [quick, slow, worse] = watched.journeys ?? [];
  quick?.visit(null as never);
  expect(watch.counts().get('own')).toEqual({ slow: 0, slowest_ms: 10 });
  slow?.visit(null as never);
  expect(() => worse?.visit(null as never)).toThrow('too much');
  expect(watched.hits?.(null as never, null as never)).toEqual([]);
  expect(watch.counts().get('own')).toEqual({ slow: 3, slowest_ms: 90 });
});
