import { describe, expect, it } from 'vitest';
import { Books } from './account/books.ts';
import { StateError } from './account/live-state.ts';
import { MemoryState } from './account/memory-state.ts';
import { statusOf } from './account/status.ts';
import { endOf, type SourceEnd } from './live-end.ts';
import { LiveSession } from './live-session.ts';
import { accepts, lost, type Script, status } from './testing/scripted-transport.ts';
import { settingsFor, TargetsRehearsal } from './testing/targets-rehearsal.ts';

const hour_ms = 3_600_000;
const refuses: Script = () => status(400);
const independent = { target_strategy: 'independent' } as const;
const stopped = { exit_code: 143, sentence: 'Stopped by SIGTERM before the end.' } as const;
const reasons = (ends: readonly SourceEnd[]) =>
  ends.map(({ source, reason }) => [source.targets.map(({ name }) => name).join(), reason]);

describe('independent targets', () => {
  it('end each for itself: one is done, the other is cut by a signal', async () => {
    const settings = settingsFor([{ name: 'a', max_visits: 3 }, { name: 'b' }], independent);
    const both = new TargetsRehearsal(settings).start();
    await both.clock.advance(60_000);
    expect([both.visitsTo('a'), both.visitsTo('b')]).toEqual([3, 60]);
    both.run.stop();
    const ends = await both.toEnd();
    expect(reasons(ends)).toEqual([
      ['a', 'max_visits'],
      ['b', 'signal'],
    ]);
    expect(endOf(ends, settings, both.run.books, stopped)).toEqual([
      143,
      '“a”: All 3 visits are sent (MAX_VISITS). “b”: Stopped by SIGTERM before the end.',
    ]);
  });

  it('end together when each has reached its own cap, without any other limit', async () => {
    const settings = settingsFor(
      [{ name: 'a' }, { name: 'b', max_visits: 7, target_visits_per_day: 864_000 }],
      { ...independent, max_visits: 20 },
    );
    const both = new TargetsRehearsal(settings);
    const ends = await both.start().toEnd();
    expect([both.visitsTo('a'), both.visitsTo('b')]).toEqual([20, 7]);
    expect(endOf(ends, settings, both.run.books, stopped)).toEqual([
      0,
      'All 27 visits are sent (MAX_VISITS).',
    ]);
  });

  it('go on without the one that refuses, and the end does not hide it', async () => {
    const settings = settingsFor([{ name: 'a' }, { name: 'b' }], {
      ...independent,
      max_visits: 30,
    });
    const both = new TargetsRehearsal(settings, { b: refuses });
    const ends = await both.start().toEnd();
    expect(reasons(ends)).toEqual([
      ['a', 'max_visits'],
      ['b', 'target_refuses'],
    ]);
    expect(both.visitsTo('a')).toBe(30);
    const [exit_code, told] = endOf(ends, settings, both.run.books, stopped);
    expect(exit_code).toBe(3);
    expect(told).toMatch(/^“a”: All 30 visits .* “b”: Matomo refused the first hits/);
    expect(both.run.numbers.map(({ health }) => health)).toEqual(['healthy', 'refused']);
  });

  it('do not hide a state that cannot be written', async () => {
    const settings = settingsFor([{ name: 'a' }, { name: 'b' }], { ...independent, max_visits: 5 });
    const broken = Object.assign(new MemoryState(), {
      reserve: () => {
        throw new StateError('state_unusable', '/state', 'The disk is full.');
      },
    });
    const both = new TargetsRehearsal(settings, {}, [broken, new MemoryState()]);
    const ends = await both.start().toEnd();
    expect(reasons(ends)).toEqual([
      ['a', 'state_unusable'],
      ['b', 'max_visits'],
    ]);
    expect(endOf(ends, settings, new Books(), stopped)).toEqual([
      2,
      expect.stringContaining('“a”: The state cannot be written'),
    ]);
  });

  it('of which one is over leave the other its own schedule, memory and address', async () => {
    const settings = settingsFor(
      [
        { name: 'a', max_visits: 2 },
        { name: 'b', max_visits: 40 },
      ],
      independent,
    );
    const first = new TargetsRehearsal(settings).start();
    await first.clock.advance(20_000);
    first.run.stop();
    const [a] = await first.toEnd();
    a?.source.state.end('max_visits', first.clock.now());
    const begun = first.visitsTo('b');
    const second = new TargetsRehearsal(settings, {}, first.states, first.clock);
    await second.start().toEnd();
    expect([...second.transports.keys()]).toEqual(['b']);
    expect(second.visitsTo('b')).toBe(40 - begun);
    expect(second.states.map((state) => state.latest()?.visits)).toEqual([2, 40]);
  });

  it('are one in status: the sum of what is asked for, whatever was asked of each', async () => {
    const settings = settingsFor(
      [
        { name: 'a', max_visits_per_day: 10 },
        { name: 'b', target_visits_per_day: 43_200 },
      ],
      { ...independent, max_visits_per_day: 25 },
    );
    const both = new TargetsRehearsal(settings).start();
    await both.clock.advance(20_000);
    const session = new LiveSession(both.clock, '1', settings, []);
    const before = session.status();
    session.view = both.run;
    for (const { today, rate } of [before, session.status()]) {
      expect(today).toMatchObject({ cap: 35, target: 129_600 });
      expect(rate.planned_per_day).toBe(129_600);
    }
    expect(session.status().today.visits).toBe(20);
    both.run.stop();
    await both.toEnd();
  });

  it('have no common cap when one of them has none', async () => {
    const settings = settingsFor([{ name: 'a', max_visits_per_day: 10 }, { name: 'b' }], {
      ...independent,
      max_visits_per_day: 0,
    });
    expect(new TargetsRehearsal(settings).run.volume).toEqual({
      visits_per_day: 172_800,
      max_visits_per_day: 0,
      max_visits: 0,
    });
  });
});

describe('the state of all', () => {
  it('is that of the most active one, with its reason, and one that ended is none of them', async () => {
    const settings = settingsFor(
      [
        { name: 'a', max_visits_per_day: 5 },
        { name: 'b', max_visits: 10 },
      ],
      { ...independent, max_visits_per_day: 0, timezone: 'UTC' },
    );
    const both = new TargetsRehearsal(settings).start();
    await both.clock.advance(60_000);
    const all = both.told.flatMap((change) => change.all ?? []);
    expect(all).toEqual([
      { state: 'running', reason: null },
      { state: 'draining', reason: '1 visit finishes' },
      { state: 'paused', reason: 'the daily cap is reached' },
    ]);
    const midnight_ms = Date.parse('2026-06-11T00:00:00Z');
    expect(both.run.resumes_ms).toBe(midnight_ms);
    expect(both.told.at(-1)).toMatchObject({ target: 'b', state: 'finished' });
    await both.clock.advance(midnight_ms - both.clock.now() + 1_000);
    expect(both.told.at(-1)?.all).toEqual({ state: 'running', reason: 'a new day has begun' });
    both.run.stop();
    await both.toEnd();
  });

  it('beats once a second until the last one has ended', async () => {
    const settings = settingsFor(
      [
        { name: 'a', max_visits: 2 },
        { name: 'b', max_visits: 30 },
      ],
      independent,
    );
    const both = new TargetsRehearsal(settings).start();
    await both.clock.advance(20_500);
    expect(both.beats).toBe(21);
    await both.toEnd();
  });

  it('knows a breaker that is open at the last target under way', async () => {
    const settings = settingsFor([{ name: 'a', max_visits: 2 }, { name: 'b' }], independent);
    const both = new TargetsRehearsal(settings, { b: () => lost(false, 'ECONNREFUSED') }).start();
    await both.clock.advance(120_000);
    const { breaker } = statusOf(both.run, {
      run_id: 'r',
      version: '1',
      settings,
      changed: [],
      state: 'running',
      state_since_ms: 0,
      reason: null,
      uptime_ms: 0,
      hits_per_second: 0,
    }).target;
    expect(breaker).not.toBe('closed');
    both.run.stop();
    await both.toEnd();
  });
});

describe('targets that share a schedule', () => {
  it('are asked for one volume, and in a mirror begin it once', async () => {
    const settings = settingsFor([{ name: 'a' }, { name: 'b' }], {
      target_strategy: 'mirror',
      max_visits: 12,
      max_visits_per_day: 0,
    });
    const both = new TargetsRehearsal(settings);
    const ends = await both.start().toEnd();
    expect(reasons(ends)).toEqual([['a,b', 'max_visits']]);
    expect(both.run.volume).toEqual({
      visits_per_day: 86_400,
      max_visits_per_day: 0,
      max_visits: 12,
    });
    expect([both.visitsTo('a'), both.visitsTo('b'), both.run.today().visits]).toEqual([12, 12, 12]);
  });

  it('end when the last of them refuses everything: no visit could begin', async () => {
    const settings = settingsFor([{ name: 'a' }, { name: 'b' }], { max_visits: 1_000 });
    const both = new TargetsRehearsal(settings, { a: refuses, b: refuses });
    const ends = await both.start().toEnd(hour_ms);
    expect(reasons(ends)).toEqual([['a,b', 'target_refuses']]);
    expect(endOf(ends, settings, both.run.books, stopped)[0]).toBe(3);
  });

  it('keep going while one of them takes its visits', async () => {
    const settings = settingsFor([{ name: 'a' }, { name: 'b' }], { max_visits: 60 });
    const both = new TargetsRehearsal(settings, { a: refuses, b: () => accepts() });
    expect(reasons(await both.start().toEnd())).toEqual([['a,b', 'max_visits']]);
  });
});
