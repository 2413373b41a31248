import type { LoadedMaterial } from '../edge/material.ts';
import type { Site } from '../send/preflight/api.ts';
import type { TargetFacts } from '../send/preflight.ts';
import type { ProbeResult } from './check-probe.ts';

/** Something the check found out. */
export interface Finding {
  /** Stable name for programs. */
  readonly name: string;
  readonly value: string | number | boolean;
  /** The same for people: what it is about, and what it is. */
  readonly label: string;
  readonly text: string;
  /** What follows from it for a run; null: nothing. */
  readonly consequence: string | null;
  /** What to do if that is not wanted; null: nothing. */
  readonly remedy: string | null;
}

type Told = Pick<Finding, 'consequence' | 'remedy'>;
const plain: Told = { consequence: null, remedy: null };

export function materialFindings({ material, source }: LoadedMaterial): Finding[] {
  const { length } = material.pages;
  return [
    {
      name: 'pages',
      value: length,
      label: 'Pages',
      text: `${length.toLocaleString('en-US')} from ${source ?? 'the built-in site'}`,
      consequence: 'visits see these pages and no others',
      remedy: source === null ? 'Name a list of your own with URLS_FILE.' : null,
    },
  ];
}

/** What the target told about itself; what it did not tell is left out. */
export function targetFindings(facts: TargetFacts): Finding[] {
  const { matomo_version, site, token_rights, clock_ahead_ms } = facts;
  const findings: Finding[] = [];
  if (matomo_version !== null) {
    findings.push(found('matomo_version', 'Matomo', matomo_version, matomo_version, plain));
  }
  if (site !== null) findings.push(...siteFindings(site));
  if (token_rights !== null) {
    const [text, told] = rights[token_rights];
    findings.push(found('token_rights', 'Token', token_rights, text, told));
  }
  if (clock_ahead_ms !== null) findings.push(clockFinding(clock_ahead_ms));
  return findings;
}

const found = (
  name: string,
  label: string,
  value: Finding['value'],
  text: string,
  told: Told,
): Finding => ({ name, label, value, text, ...told });

const rights: Readonly<Record<'view' | 'more', readonly [string, Told]>> = {
  view: [
    'the token may only view the site',
    {
      consequence: 'Matomo refuses hits with an IP, a country or an old time',
      remedy: 'Give the token’s user write access to the site.',
    },
  ],
  more: [
    'the token may do more than view the site',
    { consequence: 'hits may have an IP, a country and an old time', remedy: null },
  ],
};

function siteFindings(site: Site): Finding[] {
  const { name, urls, timezone, currency, ecommerce, sitesearch, ts_created } = site;
  const address = `${name} (${urls.slice(0, 3).join(', ')})`;
  const created: Told = {
    consequence: 'reports begin there; Matomo moves it back by itself when older hits come',
    remedy: null,
  };
  return [
    found('site_name', 'Site', name, address, plain),
    ...(ts_created === null
      ? []
      : [found('site_created', 'Created', ts_created, `${ts_created} UTC`, created)]),
    found('site_timezone', 'Timezone', timezone, timezone, {
      consequence: 'the days of the reports, and those of a backfill, begin at its midnight',
      remedy: null,
    }),
    found('site_currency', 'Currency', currency, currency, {
      consequence: 'Matomo counts every order in it, whatever was sent',
      remedy: null,
    }),
    switched('site_ecommerce', 'Ecommerce', ecommerce, [
      'orders are reported',
      'orders are stored, but no report shows them',
    ]),
    switched('site_search', 'Site search', sitesearch, [
      'searches are reported as such',
      'searches are recorded as page views',
    ]),
  ];
}

const switched = (
  name: string,
  label: string,
  isOn: boolean,
  [on, off]: readonly [string, string],
): Finding =>
  found(name, label, isOn, isOn ? 'on' : 'off', {
    consequence: isOn ? on : off,
    remedy: isOn ? null : 'Switch it on in the site’s settings.',
  });

function clockFinding(ahead_ms: number): Finding {
  const seconds = (Math.abs(ahead_ms) / 1000).toFixed(1);
  if (ahead_ms === 0) {
    return found('clock_ahead_ms', 'Clock', 0, 'agrees with Matomo’s', plain);
  }
  const [where, consequence] =
    ahead_ms > 0
      ? ['ahead of', 'hits from Matomo’s future are recorded at the moment they arrive']
      : ['behind', 'visits are recorded that much too early'];
  const remedy = 'Set both clocks by NTP.';
  const text = `${seconds} s ${where} Matomo’s, at least`;
  return found('clock_ahead_ms', 'Clock', ahead_ms, text, { consequence, remedy });
}

/** What became of the probe visit, so that nobody wonders about it in the reports. */
export function probeFindings(probe: ProbeResult): Finding[] {
  const { outcome, recorded, visitor_id, url } = probe;
  const text = {
    yes: `accepted and recorded: visitor ${visitor_id} at ${url}`,
    no: `accepted, but not in the visitor log: visitor ${visitor_id} at ${url}`,
    untold: `accepted: visitor ${visitor_id} at ${url}; whether it was recorded was not looked up`,
  }[recorded === null ? 'untold' : recorded ? 'yes' : 'no'];
  const told: Told =
    outcome === 'accepted' && recorded === true
      ? { consequence: 'hits of a run are recorded', remedy: null }
      : plain;
  const shown = outcome === 'accepted' ? text : `${outcome} (${probe.reason})`;
  return [found('probe', 'Probe visit', outcome, shown, told)];
}
