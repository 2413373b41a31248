import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '@trafficinator/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveJournal } from './account/journal.ts';
import { type LiveState, StateError } from './account/live-state.ts';
import { MemoryState } from './account/memory-state.ts';
import { identify, type LiveIdentity, rememberEnd } from './live-identity.ts';

const directory = mkdtempSync(join(tmpdir(), 'identity-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

const now = Date.UTC(2026, 5, 10);
const settings: Settings = { ...defaultSettings, max_visits: 100 };
const kept = { startNew: false, keepsEnds: true };

describe.each([
  ['in memory', () => new MemoryState()],
  ['in a file', () => new LiveJournal(join(directory, `${files++}.sqlite`))],
] satisfies [string, () => LiveState][])('a process with a state %s', (_, make) => {
  /** A process that begins a run, or goes on with one. */
  function begun(state: LiveState, given = settings, options = kept, at = now): LiveIdentity {
    const identity = identify(state, given, at, options);
    return 'finished' in identity ? expect.fail('nothing to do') : identity;
  }
  /** A state with a run that has sent some visits. */
  function used(given = settings): { state: LiveState; first: LiveIdentity } {
    const state = make();
    const first = begun(state, given);
    state.reserve(0, '2026-06-10', 10);
    state.reserve(4, '2026-06-10', 20);
    state.save(9, 30);
    return { state, first };
  }

  it('goes on with a run of a fixed start only for the same start', () => {
    const at = '2026-06-11T00:00:00.000Z';
    const fixed = { ...settings, seed: 3, run_started_at: at };
    const { state, first } = used(fixed);
    expect(first.started_at_ms).toBe(Date.parse(at));
    expect(begun(state, fixed)).toMatchObject({ run_id: first.run_id, resumed: true });
    const later = { ...fixed, run_started_at: '2026-06-12T00:00:00.000Z' };
    const next = begun(state, later);
    expect(next).toMatchObject({ resumed: false, from: { index: 0 } });
    expect(next.run_id).not.toBe(first.run_id);
    state.close();
  });

  it('begins the first run, and the state knows it', () => {
    const state = make();
    const identity = begun(state);
    expect(identity).toMatchObject({
      started_at_ms: now,
      from: { index: 0, visits: 0, active_ms: 0 },
      resumed: false,
    });
    expect(identity.seed).toBeGreaterThanOrEqual(0);
    expect(state.latest()).toMatchObject({ run_id: identity.run_id, seed: identity.seed });
    state.close();
  });

  it('takes the seed that was asked for', () => {
    const state = make();
    expect(begun(state, { ...settings, seed: 0 }).seed).toBe(0);
    state.close();
  });

  it('goes on with a run that has not ended, where it was: same id, same seed', () => {
    const { state, first } = used();
    const second = begun(state, settings, kept, now + 1e6);
    expect(second).toEqual({
      run_id: first.run_id,
      seed: first.seed,
      started_at_ms: now,
      from: { index: 9, visits: 2, active_ms: 30 },
      resumed: true,
    });
    state.close();
  });

  it('goes on with changed settings too, and remembers those', () => {
    const { state, first } = used();
    const before = state.latest()?.settings_digest;
    expect(begun(state, { ...settings, max_visits: 200 }).run_id).toBe(first.run_id);
    expect(state.latest()?.settings_digest).not.toBe(before);
    expect(begun(state, { ...settings, seed: first.seed }).run_id).toBe(first.run_id);
    state.close();
  });

  it('begins anew for another seed: it plans other visits', () => {
    const { state, first } = used({ ...settings, seed: 5 });
    const second = begun(state, { ...settings, seed: 6 }, kept, now + 1);
    expect(second).toMatchObject({ seed: 6, resumed: false, from: { index: 0, visits: 0 } });
    expect(second.run_id).not.toBe(first.run_id);
    state.close();
  });

  it('begins anew when it is told to', () => {
    const { state, first } = used();
    const second = begun(state, settings, { ...kept, startNew: true }, now + 1);
    expect(second).toMatchObject({ resumed: false, from: { index: 0, visits: 0, active_ms: 0 } });
    expect(second.run_id).not.toBe(first.run_id);
    state.end('max_visits', now);
    expect(begun(state, settings, { ...kept, startNew: true }, now + 2).resumed).toBe(false);
    state.close();
  });

  it.each(['max_visits', 'auto_stop'])('has nothing to do after an end by %s', (reason) => {
    const { state, first } = used();
    state.end(reason, now + 500);
    for (let restart = 0; restart < 3; restart++) {
      const identity = identify(state, settings, now + 1_000, kept);
      expect(identity).toMatchObject({
        finished: { run_id: first.run_id, ended: { at_ms: now + 500, reason } },
      });
    }
    expect(state.latest()?.run_id).toBe(first.run_id);
    state.close();
  });

  it('begins anew after such an end with other settings, or if nobody named a place for it', () => {
    for (const [given, options] of [
      [{ ...settings, max_visits: 200 }, kept],
      [settings, { ...kept, keepsEnds: false }],
    ] as const) {
      const { state, first } = used();
      state.end('max_visits', now);
      const second = begun(state, given, options, now + 1);
      expect([second.resumed, second.run_id === first.run_id]).toEqual([false, false]);
      state.close();
    }
  });

  it('does not take a change of token or log level for other settings', () => {
    const { state } = used();
    state.end('max_visits', now);
    const given = { ...settings, matomo_token_auth: 'x', log_level: 'DEBUG' as const };
    expect(identify(state, given, now, kept)).toHaveProperty('finished');
    state.close();
  });

  it.each(['duration', 'target_unreachable'])('begins anew after an end by %s', (reason) => {
    const { state, first } = used();
    state.end(reason, now);
    const second = begun(state, settings, kept, now + 1);
    expect([second.resumed, second.run_id === first.run_id]).toEqual([false, false]);
    state.close();
  });

  it.each([
    ['max_visits', 'noted', 'noted'],
    ['auto_stop', 'noted', 'noted'],
    ['duration', 'noted', 'noted'],
    ['target_refuses', 'noted', 'cut short'],
    ['target_unreachable', 'noted', 'cut short'],
    ['signal', 'cut short', 'cut short'],
    ['state_unusable', 'cut short', 'cut short'],
  ] as const)(
    'that ends by %s: %s when it began the run, %s when it went on',
    (reason, ...fates) => {
      for (const [at, resumed] of [false, true].entries()) {
        const { state, first } = used();
        expect(rememberEnd(state, reason, { ...first, resumed }, now + 5)).toBeNull();
        const ended = fates[at] === 'noted' ? { at_ms: now + 5, reason } : null;
        expect(state.latest()?.ended).toEqual(ended);
        state.close();
      }
    },
  );
});

describe('an end that cannot be noted', () => {
  const first = identify(new MemoryState(), settings, now, kept) as LiveIdentity;
  const failing = (error: Error): LiveState =>
    Object.assign(new MemoryState(), {
      end: () => {
        throw error;
      },
    });

  it('is told, not thrown: the summary must come all the same', () => {
    const full = new StateError('state_unusable', '/state', 'The disk is full.');
    expect(rememberEnd(failing(full), 'max_visits', first, now)).toBe(full);
    expect(() => rememberEnd(failing(new Error('bug')), 'max_visits', first, now)).toThrow('bug');
  });
});
