import type { Problem, Settings, Target } from '@trafficinator/contract';
import { userAgent } from '../edge/version.ts';
import { addressesOf } from '../plan/addresses.ts';
import type { Material } from '../plan/material/material.ts';
import type { AskerOptions } from '../send/preflight/ask.ts';
import { askTarget } from '../send/preflight.ts';
import type { CheckDoors, CheckFlags } from './check.ts';
import { examine } from './check-doctor.ts';
import { type Finding, probeFindings, targetFindings } from './check-findings.ts';
import { dayToTry, probeOldHit } from './check-old-hit.ts';
import { probeTarget } from './check-probe.ts';
import type { CheckedTarget } from './check-report.ts';

const usualTimeout_seconds = 10;

export interface AskedTarget {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly checked: CheckedTarget;
}

/** What the settings are for one target. */
const settingsFor = (settings: Settings, target: Target): Settings => ({
  ...settings,
  matomo_url: target.url,
  matomo_site_id: target.site_id,
  matomo_token_auth: target.token_auth,
  delivery: target.delivery === 'auto' ? settings.delivery : target.delivery,
});

/**
 * Asks a target all there is to ask and sends it one marked visit, and one of the past if a backfill is in
 * sight. Each step only where those before it found no error.
 */
export async function checkTarget(
  target: Target,
  all: Settings,
  { material, ca }: { readonly material: Material; readonly ca: string | null },
  flags: CheckFlags,
  { stderr, clock }: CheckDoors,
): Promise<AskedTarget> {
  const settings = settingsFor(all, target);
  const timeout_ms = Math.max(1, flags.timeout ?? usualTimeout_seconds) * 1000;
  const addresses = addressesOf(material, settings);
  const door: AskerOptions = { ca, user_agent: userAgent, timeout_ms, now: clock.now };
  stderr.write(`Asking ${target.url} …\n`);
  const { problems, facts } = await askTarget(settings, { ...door, addresses });
  const asked = { name: target.name, url: target.url, site_id: target.site_id, ...facts };
  const nothing = { plugins: null, goals: null, custom_dimensions: null };
  const findings = targetFindings(facts);
  if (hasError(problems)) {
    const checked = { ...asked, ...nothing, probe: null, old_hit: null };
    return { problems, findings, checked };
  }
  // Without an answer from the Reporting API before, there is nobody to ask.
  const doctor = facts.site === null ? null : await examine(settings, material, door);
  const told = [...problems, ...(doctor?.problems ?? [])];
  const doors = { ...door, clock, tell: stderr };
  const probed = await probeTarget(settings, material, facts, doors);
  told.push(...probed.problems);
  const day = dayToTry(settings, facts, flags.backfill === true, clock.now());
  const old =
    hasError(told) || day === null || target.token_auth === null
      ? null
      : await probeOldHit(settings, material, facts, day, doors);
  return {
    problems: [...told, ...(old?.problems ?? [])],
    findings: [
      ...findings,
      ...(doctor?.findings ?? []),
      ...probeFindings(probed.probe),
      ...(old?.findings ?? []),
    ],
    checked: {
      ...asked,
      ...nothing,
      ...(doctor?.facts && {
        plugins: doctor.facts.plugins,
        goals: doctor.facts.goals,
        custom_dimensions: doctor.facts.dimensions,
      }),
      probe: probed.probe,
      old_hit: old?.result ?? null,
    },
  };
}

const hasError = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
