import { type Funnel, realisedShares } from '@trafficinator/contract';
import type { LoadedMaterial } from '../edge/material.ts';
import type { Finding } from './check-findings.ts';

/** What the check found of funnels and events of the user's own; nothing where there are no files. */
export function ownTrafficFindings(loaded: LoadedMaterial): Finding[] {
  const { material, funnels_source, events_source } = loaded;
  const findings: Finding[] = [];
  if (funnels_source !== null) findings.push(funnelsFinding(material.funnels, funnels_source));
  if (events_source !== null) {
    findings.push({
      name: 'events_file',
      value: events_source,
      label: 'Events',
      text: `from ${events_source}`,
      consequence: 'visitors do what this file says in place of the built-in events',
      remedy: null,
    });
  }
  return findings;
}

/** How many funnels, and which share of all visits each gets. */
function funnelsFinding(funnels: readonly Funnel[], source: string): Finding {
  const shares = realisedShares(funnels).map(
    ({ name, share }) => `${name} ${Math.round(share * 10_000) / 100} %`,
  );
  return {
    name: 'funnels',
    value: funnels.length,
    label: 'Funnels',
    text: `${funnels.length} from ${source}${shares.length === 0 ? '' : `: ${shares.join(', ')}`}`,
    consequence: 'these shares of all visits take these steps and no others',
    remedy: null,
  };
}
