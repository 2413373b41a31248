import { statusSnapshot } from '../../../packages/contract/src/index.ts';
import type { Checks } from '../checks.ts';
import { type Ground, rehearsal } from '../ground.ts';
import type { Stack } from '../stack.ts';
import { recordedHits } from '../stand-in.ts';
import { until } from '../until.ts';

/** Enough visits a day to see some at once; a real address shows that a rehearsal ignores it. */
const shell = { TARGET_VISITS_PER_DAY: '100000', MATOMO_URL: 'http://127.0.0.1:1/matomo.php' };

/** The stand-in as the target, the loader beside it, until `docker stop`. */
export async function rehearsalRuns({ checks, trial }: Ground): Promise<void> {
  const running = trial.stack(rehearsal, shell);
  await running.up();
  const arrived = await until('20 hits arrived', 60, async () => {
    const recorded = await recordedHits(running);
    return recorded.hits_recorded >= 20 ? recorded : null;
  });
  checks.equal('hits arrive, and none is refused', arrived.refused, {});
  checks.equal('the loader becomes healthy', await running.health('rehearsal'), 'healthy');
  const status = statusSnapshot.safeParse(await running.ask('rehearsal', 9464, '/status'));
  checks.equal('its status is published', status.data?.state, 'running');
  await confinement(running, checks);
  await limits(running, checks);
  await stopping(running, checks);
}

async function confinement(running: Stack, checks: Checks): Promise<void> {
  const processes = await running.docker(['top'], 'rehearsal', ['-eo', 'uid,pid,args']);
  const users = processes.stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/)[0]);
  checks.equal('no process runs as root', [...new Set(users)], ['1000']);
  const write = async (path: string) => {
    const program = `fs.writeFileSync('${path}', '')`;
    return running.docker(['exec'], 'rehearsal', ['node', '-e', program]);
  };
  const outside = await write('/app/probe');
  checks.holds('the root is read-only', /EROFS/.test(outside.stderr), outside);
  const inside = await write('/app/data/probe');
  checks.holds('the volume can be written to', inside.code === 0, inside);
}

async function limits(running: Stack, checks: Checks): Promise<void> {
  const { HostConfig } = await running.inspect('rehearsal');
  const { CapDrop, LogConfig, Memory, NanoCpus, PidsLimit, ReadonlyRootfs } = HostConfig;
  checks.equal(
    'rights and resources are limited',
    { CapDrop, Memory, NanoCpus, PidsLimit, ReadonlyRootfs },
    {
      CapDrop: ['ALL'],
      Memory: 512 * 1024 ** 2,
      NanoCpus: 1e9,
      PidsLimit: 100,
      ReadonlyRootfs: true,
    },
  );
  checks.equal('no new privileges', HostConfig.SecurityOpt, ['no-new-privileges:true']);
  checks.equal('logs rotate', LogConfig.Config, { 'max-file': '3', 'max-size': '10m' });
  checks.equal('restarts after a failure only', HostConfig.RestartPolicy, {
    Name: 'on-failure',
    MaximumRetryCount: 3,
  });
}

async function stopping(running: Stack, checks: Checks): Promise<void> {
  const stopped = await running.docker(['stop'], 'rehearsal');
  checks.equal('docker stop succeeds', stopped.code, 0);
  const { State } = await running.inspect('rehearsal');
  checks.equal('it drained and was not killed', [State.ExitCode, State.OOMKilled], [143, false]);

  const { stdout } = await running.docker(['logs'], 'rehearsal');
  const hits = countsOf(stdout, 'hits');
  checks.holds('the summary adds up', hits.planned !== undefined && addsUp(hits), stdout);
  checks.holds('visits too', addsUp(countsOf(stdout, 'visits')), stdout);
  const recorded = await recordedHits(running);
  checks.equal('accepted is what the stand-in recorded', hits.accepted, recorded.hits_recorded);
  checks.equal('the stand-in refused nothing', recorded.refused, {});
}

/** `hits  1,234 planned = 1,230 accepted + 4 dropped` as numbers by word. */
function countsOf(summary: string, word: string): Record<string, number> {
  const line = summary.split('\n').find((each) => each.trim().startsWith(`${word} `)) ?? '';
  const counts = line.matchAll(/([\d,]+) ([a-z]+)/g);
  return Object.fromEntries(
    [...counts].map(([, digits, name]) => [name, Number(digits!.replaceAll(',', ''))]),
  );
}

function addsUp({ planned = Number.NaN, ...parts }: Record<string, number>): boolean {
  return planned > 0 && Object.values(parts).reduce((sum, part) => sum + part, 0) === planned;
}
