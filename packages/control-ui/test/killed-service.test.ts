import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from './service-process.ts';

/** SERVICE_KILLS=200 is the full form. */
const kills = Number(process.env.SERVICE_KILLS ?? 10);

it(
  `loses nothing that it acknowledged when it is killed ${kills} times, and finds its loader again`,
  async () => {
    const matomo = await startFakeMatomo();
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const target = { matomo_url: matomo.tracker_url, matomo_token_auth: DEMO_TOKEN };
    const started = await service.ask('POST', '/api/start', {
      config: { ...target, target_visits_per_day: 864_000 },
    });
    expect(started.status, started.text).toBe(200);
    const before = await service.until('/api/status', ({ visits }) => visits.delivered >= 1);

    const { version } = (await service.ask('GET', '/api/settings')).json;
    let acknowledged = 0;
    let sent = 0;
    for (let kill = 0; kill < kills; kill++) {
      let dead = false;
      const writes = Array.from({ length: 4 }, async () => {
        while (!dead) {
          const value = ++sent;
          const config = { concurrency: 1 + (value % 1_000) };
          const answer = await service
            .ask('POST', '/api/config/apply', { config, restart: false })
            .catch(() => null);
          // Killed, or more than may be changed in a minute.
          if (answer === null || answer.status === 429) return;
          expect(answer.status, answer.text).toBe(200);
          acknowledged += 1;
        }
      });
      const killed = new Promise<void>((resolve) => {
        const look = setInterval(() => {
          if (acknowledged < kill * 3 + 1) return;
          clearInterval(look);
          resolve(service.end('SIGKILL').then(() => {}));
        }, 5);
      });
      await killed;
      dead = true;
      await Promise.all(writes);
      await service.start();
      const { json } = await service.ask('GET', '/api/settings');
      // Each write that was acknowledged made a version; one that was under way may have made one too.
      expect(json.version).toBeGreaterThanOrEqual(version + acknowledged);
      expect(json.version).toBeLessThanOrEqual(version + sent);
    }
    const after = await service.until(
      '/api/status',
      ({ visits }) => visits.delivered > before.visits.delivered,
    );
    expect([after.state, after.run_id, after.loaders[0].started_at]).toEqual([
      'running',
      before.run_id,
      before.loaders[0].started_at,
    ]);
    const stopped = await service.ask('POST', '/api/stop?timeout=5');
    expect(stopped.status).toBe(200);
  },
  60_000 + kills * 20_000,
);
