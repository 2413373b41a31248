import type { LoadedMaterial } from '../edge/material.ts';
import type { TargetFacts } from '../send/preflight.ts';
import type { ProbeResult } from './check-probe.ts';

/** Something the check found out that is no problem. */
export interface Finding {
  /** Stable name for programs. */
  readonly name: string;
  readonly value: string | number | boolean;
  /** The same for people: what it is about, and what it is. */
  readonly label: string;
  readonly text: string;
}

export function materialFindings({ material, source }: LoadedMaterial): Finding[] {
  const { length } = material.pages;
  return [
    {
      name: 'pages',
      value: length,
      label: 'Pages',
      text: `${length.toLocaleString('en-US')} from ${source ?? 'the built-in site'}`,
    },
  ];
}

const rights = {
  view: 'the token may only view the site',
  more: 'the token may do more than view the site',
} as const;

/** What the target told about itself; what it did not tell is left out. */
export function targetFindings(facts: TargetFacts): Finding[] {
  const { matomo_version, site, token_rights, clock_ahead_ms } = facts;
  const findings: Finding[] = [];
  const add = (name: string, label: string, value: Finding['value'], text = String(value)) =>
    findings.push({ name, label, value, text });
  if (matomo_version !== null) add('matomo_version', 'Matomo', matomo_version);
  if (site !== null) {
    add('site_name', 'Site', site.name, `${site.name} (${site.urls.slice(0, 3).join(', ')})`);
    add('site_timezone', 'Timezone', site.timezone);
    add('site_currency', 'Currency', site.currency);
    add('site_ecommerce', 'Ecommerce', site.ecommerce, onOff(site.ecommerce));
    add('site_search', 'Site search', site.sitesearch, onOff(site.sitesearch));
  }
  if (token_rights !== null) add('token_rights', 'Token', token_rights, rights[token_rights]);
  if (clock_ahead_ms !== null) {
    add('clock_ahead_ms', 'Clock', clock_ahead_ms, clockText(clock_ahead_ms));
  }
  return findings;
}

const onOff = (value: boolean): string => (value ? 'on' : 'off');

function clockText(ahead_ms: number): string {
  if (ahead_ms === 0) return 'agrees with Matomo’s';
  const seconds = (Math.abs(ahead_ms) / 1000).toFixed(1);
  return `${seconds} s ${ahead_ms > 0 ? 'ahead of' : 'behind'} Matomo’s, at least`;
}

/** What became of the probe visit, so that nobody wonders about it in the reports. */
export function probeFindings(probe: ProbeResult): Finding[] {
  const { outcome, recorded, visitor_id, url } = probe;
  const text = {
    yes: `accepted and recorded: visitor ${visitor_id} at ${url}`,
    no: `accepted, but not in the visitor log: visitor ${visitor_id} at ${url}`,
    untold: `accepted: visitor ${visitor_id} at ${url}; whether it was recorded was not looked up`,
  }[recorded === null ? 'untold' : recorded ? 'yes' : 'no'];
  return [
    {
      name: 'probe',
      label: 'Probe visit',
      value: outcome,
      text: outcome === 'accepted' ? text : `${outcome} (${probe.reason})`,
    },
  ];
}
