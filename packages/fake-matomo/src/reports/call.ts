import type { Store } from '../engine/store.ts';
import type { Site } from '../sites/site.ts';
import type { TrackingFailures } from '../tracker/failures.ts';

/** What the Reporting API reads. */
export interface ReportSource {
  readonly sites: ReadonlyMap<number, Site>;
  readonly store: Store;
  readonly failures: TrackingFailures;
  readonly token: string;
  /** A token that may only look at all sites; null: there is none. */
  readonly view_token: string | null;
  /** Names of the active plugins. */
  readonly plugins: ReadonlySet<string>;
  readonly now: () => number;
}

/** One call of a Reporting API method. */
export interface Call {
  readonly source: ReportSource;
  readonly parameters: Readonly<Record<string, string>>;
  /** What the token of the request may do. */
  readonly rights: 'view' | 'super';
}

/** A method's answer: any JSON value. */
export type Method = (call: Call) => unknown;

/** Answered with 200 and `{"result":"error","message":…}`, as Matomo does. */
export class ReportError extends Error {}

/** The parameter, or a Matomo-like error when it is missing. */
export function required(call: Call, name: string): string {
  const value = call.parameters[name];
  if (value === undefined || value === '') {
    throw new ReportError(`Please specify a value for '${name}'.`);
  }
  return value;
}

/** The site a call is about. */
export function siteOf(call: Call): Site {
  const id = required(call, 'idSite');
  const site = call.source.sites.get(Number(id));
  if (site === undefined) {
    throw new ReportError(
      `An unexpected website was found in the request: website id was set to '${id}' .`,
    );
  }
  return site;
}

/** With `format_metrics=0` percentages are plain ratios. */
export const formatsMetrics = (call: Call): boolean => call.parameters.format_metrics !== '0';
