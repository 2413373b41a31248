import { type RunSummary, runSummary } from '../../../../packages/contract/src/index.ts';
import { startFakeMatomo } from '../../../../packages/fake-matomo/src/index.ts';
import { mustRun, run } from '../../command.ts';
import type { PanelAnswer } from '../../panel.ts';
import type { Inspected } from '../../stack.ts';
import { deliveredBy, type Life, stopped, target, token } from './living.ts';

/** The engine is stopped and started while two loaders are at work; the stand-in is outside of it. */
export async function engineRestarts({ engine, checks, stack, panel }: Life): Promise<void> {
  if (engine.restart === null) {
    checks.skip('an engine restart in the middle of a run: this engine is somebody else’s');
    return;
  }
  const bridge = ['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'];
  const host = (await mustRun(engine.docker, bridge, engine)).trim();
  const matomo = await startFakeMatomo({ host, token });
  try {
    const matomo_url = `http://host.docker.internal:${matomo.port}/matomo.php`;
    const began_at = new Date().toISOString();
    const started = await panel.ask('POST', '/api/start', {
      config: { ...target, matomo_url },
      workers: 2,
    });
    checks.holds('a run with two loaders is started', started.status === 200, started.text);
    await panel.until('/api/status', bothAtWork);
    await engine.restart();
    const after = await panel.until('/api/status', bothAtWork, 120);
    checks.equal('after the restart the same run goes on', after.run_id, started.json?.run_id);
    await stopped(panel, checks);

    const legs = await legsSince(began_at, { engine, stack });
    for (const [number, own] of legs.entries()) {
      const [first, second, ...more] = own;
      checks.holds(
        `loader ${number + 1} went on behind what it had planned before, and sent nothing twice`,
        first !== undefined &&
          second !== undefined &&
          more.length === 0 &&
          (second.resumed_from ?? 0) > number + legs.length * (first.visits.planned - 1),
        own,
      );
    }
    const accepted = legs.flat().reduce((sum, { hits }) => sum + hits.accepted, 0);
    checks.equal('all that was accepted is recorded', accepted, matomo.stats().hits_recorded);
    const { json } = await panel.ask('GET', `/api/runs/${after.run_id}`);
    checks.equal('… and the run’s record has all of it', json.result?.hits.accepted, accepted);
  } finally {
    await matomo.close();
  }
}

const bothAtWork = ({ loaders }: PanelAnswer['json']): boolean =>
  loaders.length === 2 && loaders.every(deliveredBy(3));

/** By loader: the closing words of its processes that have ended since, the earlier ones first. */
async function legsSince(
  began_at: string,
  { engine, stack }: Pick<Life, 'engine' | 'stack'>,
): Promise<RunSummary[][]> {
  const { stdout: described } = await run(
    engine.docker,
    ['inspect', ...(await stack.made())],
    engine,
  );
  const nameOf = ({ Config }: Inspected) => Config.Labels['trafficinator.instance'] ?? '';
  const loaders = (JSON.parse(described) as Inspected[]).toSorted((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  return Promise.all(
    loaders.map(async ({ Id }) => {
      const { stdout } = await run(engine.docker, ['logs', '--since', began_at, Id], engine);
      return stdout.split('\n').flatMap((line) => {
        const read = line.startsWith('{') ? runSummary.safeParse(JSON.parse(line)) : null;
        return read?.success ? [read.data] : [];
      });
    }),
  );
}
