import type { Checks } from '../../checks.ts';
import { run } from '../../command.ts';
import type { Engine } from '../../engine.ts';
import type { Panel, PanelAnswer } from '../../panel.ts';
import type { Inspected, Stack } from '../../stack.ts';

/** The stand-in's own token. */
export const token = '0123456789abcdef0123456789abcdef';

export const target = {
  matomo_url: 'http://stand-in:8080/matomo.php',
  matomo_token_auth: token,
  target_visits_per_day: 864_000,
  drain_seconds: 3,
};

/** What the parts of a life share. */
export interface Life {
  readonly engine: Engine;
  readonly checks: Checks;
  readonly stack: Stack;
  readonly panel: Panel;
}

/** Every container is as small in its rights as the compose file says. */
export async function isConfined({ checks, engine, stack }: Omit<Life, 'panel'>): Promise<void> {
  for (const id of await stack.containers()) {
    const { stdout } = await run(engine.docker, ['inspect', id], engine);
    const { Name, HostConfig, State } = (JSON.parse(stdout) as Inspected[])[0]!;
    const { ReadonlyRootfs, CapDrop, SecurityOpt, Memory, PidsLimit, LogConfig } = HostConfig;
    checks.equal(
      `${Name}: healthy, read-only, without rights, with limits`,
      [State.Health?.Status, ReadonlyRootfs, CapDrop, SecurityOpt, Memory > 0, PidsLimit > 0],
      ['healthy', true, ['ALL'], ['no-new-privileges:true'], true, true],
    );
    checks.equal('… its log rotates', LogConfig.Config['max-size'], '10m');
  }
}

/** Stops the loaders and waits until the run's record is closed. */
export async function stopped(panel: Panel, checks: Checks): Promise<void> {
  const answer = await panel.ask('POST', '/api/stop');
  checks.equal('it stops', [answer.status, answer.json?.state], [200, 'idle']);
  await panel.until('/api/runs', ({ items }) =>
    items.every(({ end }: { end: string | null }) => end !== null),
  );
}

/** Whether a status tells of a run that has delivered so many visits. */
export const delivered =
  (least: number) =>
  ({ state, visits }: PanelAnswer['json']): boolean =>
    state === 'running' && visits.delivered >= least;

export const deliveredBy =
  (least: number) =>
  ({ snapshot }: PanelAnswer['json']): boolean =>
    snapshot?.state === 'running' && snapshot.visits.delivered >= least;
