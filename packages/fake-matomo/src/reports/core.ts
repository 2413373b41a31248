import { DateTime } from 'luxon';
import type { TrackingFailure } from '../tracker/failures.ts';
import { type Method, type ReportSource, required } from './call.ts';

/** The version whose answers the stand-in was measured against. */
export const MATOMO_VERSION = '5.2.0-b5';

const KINDS = {
  unknown_site: { id: 1, problem: 'The site does not exist.' },
  not_authenticated: { id: 2, problem: 'The request was not authenticated but should have been.' },
} as const;

function failureRow(failure: TrackingFailure, source: ReportSource) {
  const { id, problem } = KINDS[failure.kind];
  const at = DateTime.fromMillis(failure.time_ms, { zone: 'utc' });
  return {
    idsite: failure.site_id,
    idfailure: id,
    date_first_occurred: at.toFormat('yyyy-MM-dd HH:mm:ss'),
    request_url: failure.request,
    site_name: source.sites.get(failure.site_id)?.name ?? 'Unknown',
    pretty_date_first_occurred: at.toFormat('d LLLL yyyy HH:mm:ss'),
    url: failure.url,
    solution_url: '',
    problem,
    solution: '',
  };
}

export const core: Readonly<Record<string, Method>> = {
  'API.getMatomoVersion': () => ({ value: MATOMO_VERSION }),
  'API.isPluginActivated': (call) => ({
    value: call.source.plugins.has(required(call, 'pluginName')),
  }),
  'UsersManager.getUserPreference': ({ source }) => ({ value: [...source.sites.keys()][0] }),
  'CoreAdminHome.getTrackingFailures': ({ source }) =>
    source.failures.list().map((failure) => failureRow(failure, source)),
};
