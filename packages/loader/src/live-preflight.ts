import type { Problem, Settings, Target, TargetList } from '@trafficinator/contract';
import type { Log } from './edge/log.ts';
import { userAgent } from './edge/version.ts';
import { addressesOf } from './plan/addresses.ts';
import type { Material } from './plan/material/material.ts';
import { preflight } from './send/preflight.ts';

const longest_ms = 10_000;

/** The settings as they are for one target: its own address, site and token. */
const settingsFor = (settings: Settings, target: Target): Settings => ({
  ...settings,
  matomo_url: target.url,
  matomo_site_id: target.site_id,
  matomo_token_auth: target.token_auth,
});

/** Asks the targets before the first hit; a sentence when none of them can take any. */
export async function refusalOf(
  list: TargetList,
  settings: Settings,
  material: Material,
  ca: string | null,
  log: Log,
): Promise<string | null> {
  const addresses = addressesOf(material, settings);
  const timeout_ms = Math.min(longest_ms, settings.request_timeout_seconds * 1000);
  const asked = { ca, user_agent: userAgent, timeout_ms, addresses };
  const refusals = await Promise.all(
    list.targets.map(async (target) => {
      const problems = await preflight(settingsFor(settings, target), asked);
      for (const found of problems) logFinding(log, found, target.name);
      const first = problems.find((p) => p.severity === 'error');
      return first === undefined ? null : `${first.message} ${first.remedy}`;
    }),
  );
  return refusals.every((refusal) => refusal !== null) ? (refusals[0] ?? null) : null;
}

function logFinding(log: Log, found: Problem, target: string): void {
  const say = found.severity === 'error' ? 'error' : found.severity === 'warning' ? 'warn' : 'info';
  log[say]({ code: found.code, target }, `${found.message} ${found.remedy}`);
}
