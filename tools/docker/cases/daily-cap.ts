import { type StatusSnapshot, statusSnapshot } from '../../../packages/contract/src/index.ts';
import { type Ground, rehearsal } from '../ground.ts';
import type { Stack } from '../stack.ts';
import { recordedVisits } from '../stand-in.ts';
import { until } from '../until.ts';

const cap = 5;

/** MAX_VISITS_PER_DAY at a rate that would send many times as much, over a restart and a hard kill. */
export async function dailyCap({ checks, trial }: Ground): Promise<void> {
  const capped = trial.stack(rehearsal, {
    MAX_VISITS_PER_DAY: String(cap),
    TARGET_VISITS_PER_DAY: '5000000',
    PAUSE_BETWEEN_PVS_MIN: '0',
    PAUSE_BETWEEN_PVS_MAX: '0.1',
    TIMEZONE: zoneAtNoon(new Date()),
  });
  await capped.up();
  await checkCap(capped, 'at first', '');

  for (const [when, ...ways] of [
    ['after a restart', ['restart']],
    ['after a hard kill', ['kill', '--signal', 'KILL'], ['start']],
  ] as const) {
    const before = await startOf(capped);
    for (const way of ways) {
      const { code, stderr } = await capped.docker(way, 'rehearsal');
      checks.holds(`docker ${way.join(' ')} succeeds`, code === 0, stderr);
    }
    await checkCap(capped, when, before);
  }

  async function checkCap(running: Stack, when: string, before: string): Promise<void> {
    const status = await until(`the run pauses ${when}`, 60, async () => {
      if ((await startOf(running)) === before) return null;
      const now = statusSnapshot.parse(await running.ask('rehearsal', 9464, '/status'));
      return isResting(now) ? now : null;
    });
    checks.equal(`${when}: the loader counts ${cap} visits today`, status.today.visits, cap);
    checks.equal(`${when}: the stand-in has ${cap} visits`, await recordedVisits(running), cap);
  }
}

const isResting = (status: StatusSnapshot): boolean =>
  status.state === 'paused' && status.visits.in_flight === 0 && status.hits.pending === 0;

async function startOf(stack: Stack): Promise<string> {
  const { stdout } = await stack.docker(
    ['inspect', '--format', '{{.State.StartedAt}}'],
    'rehearsal',
  );
  return stdout.trim();
}

/** A zone where it is about noon, so that no midnight comes in between. */
function zoneAtNoon(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  if (ahead === 0) return 'Etc/GMT';
  // The names count westwards: Etc/GMT-5 is five hours ahead of UTC.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
