import { expect, it } from 'vitest';
import type { Runner } from '../ports/runner.ts';
import { ended, type RunnerGround, spec, take, written } from '../testing/runner-ground.ts';

const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text);

/** The part of the conformance suite about logs and events. */
export function describeOutput(place: () => { ground: RunnerGround; runner: Runner }): void {
  it('gives the last lines, and those since a time', async () => {
    const { ground, runner } = place();
    await runner.create(spec('lines', 'count', '50'));
    await runner.start('lines');
    const all = await written(ground, runner, 'lines', 51);
    expect(all).toHaveLength(51);
    const numbered = Array.from({ length: 50 }, (_, i) => `line ${i + 1}`);
    const counted = all.filter(({ text }) => text !== 'ready');
    expect(texts(counted)).toEqual(numbered);
    expect(all.every(({ at }, i) => at >= (all[i - 1]?.at ?? ''))).toBe(true);
    const last = await runner.logs('lines', { lines: 3, since: null });
    expect(last).toEqual(all.slice(-3));
    expect(await runner.logs('lines', { lines: 0, since: null })).toEqual([]);
    const { at } = all[20]!;
    const later = await runner.logs('lines', { lines: 1_000, since: at });
    expect(later).toEqual(all.filter((line) => line.at >= at));
    const future = new Date(ground.clock.now() + 3_600_000).toISOString();
    expect(await runner.logs('lines', { lines: 1_000, since: future })).toEqual([]);
    await runner.remove('lines', 0);
  });

  it('cuts a line that has no end', async () => {
    const { ground, runner } = place();
    await runner.create(spec('long', 'long'));
    await runner.start('long');
    const [line] = await written(ground, runner, 'long');
    expect(line!.text).toBe('x'.repeat(16_384));
    await runner.remove('long', 0);
  });

  it('follows the lines over a restart, until the instance is removed', async () => {
    const { ground, runner } = place();
    await runner.create(spec('follow'));
    const lines = runner.follow('follow', null, new AbortController().signal);
    const iterator = lines[Symbol.asyncIterator]();
    const first = iterator.next();
    await runner.start('follow');
    expect((await first).value).toMatchObject({ text: 'ready', stream: 'stderr' });
    await runner.stop('follow', 0);
    await runner.start('follow');
    let next = await iterator.next();
    while (next.value?.text === 'stopping' || next.value?.stream === 'stdout') {
      next = await iterator.next();
    }
    expect(next.value).toMatchObject({ text: 'ready' });
    await written(ground, runner, 'follow', 2);
    await runner.remove('follow', 0);
    while (!next.done) next = await iterator.next();
  });

  it('follows from a time on, and stops following on the signal', async () => {
    const { ground, runner } = place();
    await runner.create(spec('since', 'count', '3'));
    await runner.start('since');
    const all = await written(ground, runner, 'since', 4);
    const ending = new AbortController();
    const lines = runner.follow('since', all[0]!.at, ending.signal);
    const iterator = lines[Symbol.asyncIterator]();
    expect(await take(iterator, 4)).toEqual(all);
    const after = iterator.next();
    ending.abort();
    expect(await after).toMatchObject({ done: true });
    await runner.remove('since', 0);
  });

  it('tells what happens to its instances, and nothing of others', async () => {
    const { ground, runner } = place();
    const ending = new AbortController();
    const iterator = runner.events(ending.signal)[Symbol.asyncIterator]();
    const told = take(iterator, 4);
    const other = ground.runner('other');
    await other.create(spec('elsewhere'));
    await runner.create(spec('events', 'exit', '3'));
    await runner.start('events');
    await ended(ground, runner, 'events');
    await runner.remove('events', 0);
    const kinds = (await told).map(({ kind, id }) => `${kind} ${id}`);
    expect(kinds).toEqual(['created events', 'started events', 'exited events', 'removed events']);
    const after = iterator.next();
    ending.abort();
    expect(await after).toMatchObject({ done: true });
    await other.remove('elsewhere', 0);
    await other.close();
  });

  it('says when its engine is gone, and goes on by itself when it is back', async ({ skip }) => {
    const { ground, runner } = place();
    if (ground.engine === null) return skip('There is no engine that could be lost.');
    const ending = new AbortController();
    await runner.create(spec('outage'));
    const iterator = runner.events(ending.signal)[Symbol.asyncIterator]();
    const lines = runner.follow('outage', null, ending.signal)[Symbol.asyncIterator]();
    const first = lines.next();
    const started = await runner.start('outage');
    expect((await take(iterator, 1))[0]).toMatchObject({ kind: 'started', id: 'outage' });
    expect((await first).value).toMatchObject({ text: 'ready' });

    await ground.engine.lose();
    expect((await take(iterator, 1))[0]).toMatchObject({ kind: 'engine_lost', id: null });
    expect(await runner.check()).toMatchObject({ ok: false });
    for (const call of [runner.list(), runner.find('outage'), runner.start('outage')]) {
      await expect(call).rejects.toMatchObject({ code: 'engine_unreachable' });
    }

    await ground.engine.restore();
    expect((await take(iterator, 1))[0]).toMatchObject({ kind: 'engine_back', id: null });
    expect(await runner.find('outage')).toEqual(started);
    const second = lines.next();
    await runner.stop('outage', 0);
    await runner.start('outage');
    let line = await second;
    while (line.value?.text !== 'ready') line = await lines.next();
    const kinds = (await take(iterator, 2)).map(({ kind }) => kind);
    expect(kinds).toEqual(['exited', 'started']);
    ending.abort();
    await runner.remove('outage', 0);
  });
}
