import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runner } from '../ports/runner.ts';
import { ended, eventually, type RunnerGround, spec, written } from '../testing/runner-ground.ts';
import { describeOutput } from './runner-output-conformance.ts';

/**
 * What every runner promises, as tests: registers them for one kind. The instances do what the odd loader
 * does (testing/odd-loader.ts).
 */
export function describeRunner(kind: string, open: () => Promise<RunnerGround>): void {
  describe(`a ${kind} runner`, () => {
    let ground: RunnerGround;
    let runner: Runner;
    beforeAll(async () => {
      ground = await open();
      runner = ground.runner('mine');
    }, 300_000);
    afterAll(async () => {
      await runner?.close();
      await ground?.close();
    }, 60_000);

    it('answers that its engine is there, and has no instances at first', async () => {
      expect(await runner.check()).toMatchObject({ ok: true });
      expect(await runner.list()).toEqual([]);
      expect(await runner.find('nobody')).toBeNull();
    });

    it('creates, starts, stops, starts again and removes', async () => {
      const made = await runner.create({ ...spec('life'), role: 'backfill' });
      expect(made).toMatchObject({ id: 'life', role: 'backfill', state: 'created' });
      expect(made).toMatchObject({ exit_code: null, started_at: null, finished_at: null });
      expect(await runner.statusUrl('life')).toBeNull();
      expect(await runner.usage('life')).toBeNull();

      const started = await runner.start('life');
      expect(started).toMatchObject({ state: 'running', exit_code: null, finished_at: null });
      expect(started.started_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      await written(ground, runner, 'life');

      const stopped = await runner.stop('life', 10);
      expect(stopped).toMatchObject({ state: 'exited', exit_code: 0 });
      expect(stopped.started_at).toBe(started.started_at);
      expect(stopped.finished_at! >= stopped.started_at!).toBe(true);
      expect(await runner.usage('life')).toBeNull();

      const again = await runner.start('life');
      expect(again).toMatchObject({ state: 'running', exit_code: null });
      expect((await runner.list()).map(({ id }) => id)).toEqual(['life']);
      await runner.remove('life', 0);
      expect(await runner.find('life')).toBeNull();
      expect(await runner.list()).toEqual([]);
    });

    it('knows the exit code of what ends by itself', async () => {
      for (const code of [0, 7, 111]) {
        const id = `exit-${code}`;
        await runner.create(spec(id, 'exit', String(code)));
        await runner.start(id);
        expect(await ended(ground, runner, id)).toMatchObject({ exit_code: code });
        await runner.remove(id, 0);
      }
    });

    it('kills what does not stop in time', async () => {
      await runner.create(spec('stubborn', 'stubborn'));
      await runner.start('stubborn');
      await written(ground, runner, 'stubborn');
      expect(await runner.stop('stubborn', 1)).toMatchObject({ state: 'exited', exit_code: 137 });
      await runner.remove('stubborn', 0);
    });

    it('does nothing twice', async () => {
      const made = await runner.create(spec('twice'));
      expect(await runner.create(spec('twice'))).toEqual(made);
      const started = await runner.start('twice');
      expect(await runner.start('twice')).toEqual(started);
      await written(ground, runner, 'twice');
      const stopped = await runner.stop('twice', 10);
      expect(await runner.stop('twice', 10)).toEqual(stopped);
      expect(await runner.create(spec('twice'))).toEqual(stopped);
      await runner.remove('twice', 0);
      await runner.remove('twice', 0);
    });

    it('replaces an instance that fits its spec no longer, unless it runs', async () => {
      await runner.create(spec('changed'));
      const started = await runner.start('changed');
      expect(await runner.create(spec('changed', 'exit', '5'))).toEqual(started);
      await runner.stop('changed', 0);
      expect(await runner.create(spec('changed', 'exit', '5'))).toMatchObject({ state: 'created' });
      await runner.start('changed');
      expect(await ended(ground, runner, 'changed')).toMatchObject({ exit_code: 5 });
      await runner.remove('changed', 0);
    });

    it('starts it once when many ask at the same time', async () => {
      const second = ground.runner('mine');
      const creations = [runner, second, runner].map((one) => one.create(spec('rush')));
      for (const made of await Promise.all(creations)) expect(made.id).toBe('rush');
      const starts = [runner, second, runner, second, runner].map((one) => one.start('rush'));
      const times = (await Promise.all(starts)).map(({ state, started_at }) => [state, started_at]);
      expect(new Set(times.map(String)).size).toBe(1);
      expect(times[0]![0]).toBe('running');
      expect((await written(ground, runner, 'rush')).map(({ text }) => text)).toEqual(['ready']);
      await runner.remove('rush', 0);
      await second.close();
    });

    it('is found again by a new runner, and lives on when one closes', async () => {
      const first = ground.runner('mine');
      await first.create(spec('found'));
      const started = await first.start('found');
      await written(ground, first, 'found');
      await first.close();
      const next = ground.runner('mine');
      expect(await next.find('found')).toEqual(started);
      expect(await next.stop('found', 10)).toMatchObject({ state: 'exited', exit_code: 0 });
      await next.remove('found', 0);
      await next.close();
    });

    it('neither sees nor touches what another service made', async () => {
      const other = ground.runner('other');
      await other.create(spec('theirs'));
      const started = await other.start('theirs');
      expect(await runner.list()).toEqual([]);
      expect(await runner.find('theirs')).toBeNull();
      await runner.remove('theirs', 0);
      for (const act of [runner.start('theirs'), runner.stop('theirs', 0)]) {
        await expect(act).rejects.toMatchObject({ code: 'instance_missing' });
      }
      expect(await other.find('theirs')).toEqual(started);
      await other.remove('theirs', 0);
      await other.close();
    });

    it('says that an instance is missing', async () => {
      for (const id of ['nobody', '../nobody', '']) {
        const refused = { code: 'instance_missing' };
        await expect(runner.start(id)).rejects.toMatchObject(refused);
        await expect(runner.stop(id, 0)).rejects.toMatchObject(refused);
        await expect(runner.statusUrl(id)).rejects.toMatchObject(refused);
        await expect(runner.usage(id)).rejects.toMatchObject(refused);
        await expect(runner.logs(id, { lines: 1, since: null })).rejects.toMatchObject(refused);
      }
      await expect(runner.create(spec('../up'))).rejects.toMatchObject({ code: 'engine_refused' });
    });

    it('knows where its status answers and what it uses', async () => {
      await runner.create(spec('status'));
      await runner.start('status');
      const url = (await runner.statusUrl('status'))!;
      const answer = await eventually(ground.clock, 'the status answers', () =>
        fetch(`${url}/status`, { signal: AbortSignal.timeout(2_000) }).catch(() => null),
      );
      expect(answer.status).toBe(200);
      const { cpu_percent, memory_bytes } = (await runner.usage('status'))!;
      expect(memory_bytes).toBeGreaterThan(1_000_000);
      expect(cpu_percent).toBeGreaterThanOrEqual(0);
      await runner.remove('status', 0);
    });

    describeOutput(() => ({ ground, runner }));
  });
}
