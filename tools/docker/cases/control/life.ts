import { run } from '../../command.ts';
import type { Ground } from '../../ground.ts';
import { Panel, type PanelAnswer } from '../../panel.ts';
import type { Inspected } from '../../stack.ts';
import { recordedInside } from '../../stand-in.ts';
import { backfillsRun } from './backfills.ts';
import { engineIsGuarded } from './guard.ts';
import { delivered, deliveredBy, isConfined, type Life, stopped, target, token } from './living.ts';
import { engineRestarts } from './restart.ts';
import { noSecretIn } from './secrets.ts';

const firstKey = /first key, shown this once: (trf_\S+)/;

/** docker-compose.webui.yml from the first start on, driven by REST alone. */
export async function controlLife({ engine, checks, trial }: Ground): Promise<void> {
  const stack = trial.controlStack('docker-compose.webui.yml', ['--profile', 'rehearsal']);
  await stack.up('--wait');
  const panel = Panel.published(stack);
  const logs = await stack.compose(['logs', '--no-log-prefix', 'control']);
  const shown = logs.stdout.split('\n').filter((line) => firstKey.test(line));
  checks.equal('the log shows the first key once', shown.length, 1);
  panel.key = firstKey.exec(shown[0] ?? '')?.[1] ?? '';

  const page = await panel.ask('GET', '/');
  checks.holds('the page is served', /<html/.test(page.text), page.text);
  const life = { engine, checks, stack, panel };
  await isConfined(life);
  await runsAndChanges(life);
  await backfillsRun(life);
  await engineIsGuarded(life);
  await engineRestarts(life);
  await noSecretIn(stack, { texts: [panel.key, token], shown: firstKey }, life);
}

async function runsAndChanges({ checks, engine, stack, panel }: Life): Promise<void> {
  const idle = await panel.until('/api/status', ({ state }) => state === 'waiting');
  checks.equal('the loader waits, and there is no run', [idle.run_id, idle.workers], [null, 1]);
  checks.equal('nothing is sent unasked', (await recordedInside(stack)).hits_seen, 0);

  const started = await panel.ask('POST', '/api/start', { config: target });
  checks.holds('a run is started', started.status === 200, started.text);
  const running = await panel.until('/api/status', delivered(5));
  const { hits } = running;
  const outcomes = hits.accepted + hits.rejected + hits.failed + hits.unknown + hits.dropped;
  checks.equal('each hit has an outcome or waits for it', hits.planned, outcomes + hits.pending);
  const applied = await panel.ask('POST', '/api/config/apply', { config: { concurrency: 99 } });
  checks.equal('a changed setting restarts it', applied.json?.message, 'The loader was restarted.');
  const changed = await panel.until('/api/status', delivered(5));
  const { settings } = changed.loaders[0].snapshot;
  checks.equal('… and holds in the loader', settings.concurrency, 99);
  checks.equal('… whose token nobody sees', settings.matomo_token_auth, '***');

  const two = await panel.ask('POST', '/api/restart', { workers: 2 });
  checks.holds('two loaders are started', two.status === 200, two.text);
  const both = await panel.until(
    '/api/status',
    ({ loaders }) => loaders.every(deliveredBy(3)) && loaders.length === 2,
  );
  checks.equal('… each with its part of the visits', shardsOf(both), ['0/2', '1/2']);
  const { stdout } = await run(engine.docker, ['inspect', ...(await stack.made())], engine);
  const made = (JSON.parse(stdout) as Inspected[]).map(({ HostConfig }) => HostConfig);
  checks.equal(
    '… all without rights',
    made.map(({ ReadonlyRootfs, CapDrop }) => [ReadonlyRootfs, CapDrop]),
    made.map(() => [true, ['ALL']]),
  );
  await stopped(panel, checks);
  const runs = await panel.ask('GET', '/api/runs');
  checks.equal('the three runs are on record', ends(runs), ['stopped', 'stopped', 'stopped']);
  let accepted = 0;
  for (const { id } of runs.json.items) {
    const { json } = await panel.ask('GET', `/api/runs/${id}`);
    accepted += json.result?.hits.accepted ?? Number.NaN;
  }
  const recorded = await recordedInside(stack);
  checks.equal('their accepted hits are what the stand-in has', accepted, recorded.hits_recorded);
}

const ends = (runs: PanelAnswer): string[] =>
  runs.json.items.map(({ end }: { end: string }) => end);

const shardsOf = (status: PanelAnswer['json']): unknown[] =>
  status.loaders.map(({ snapshot }: PanelAnswer['json']) => snapshot?.settings.shard);
