import type { Settings } from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { userAgent } from '../edge/version.ts';
import { apiPath } from '../send/preflight/api.ts';
import { Asker } from '../send/preflight/ask.ts';
import { Reporting } from '../send/reporting.ts';
import { HttpTransport } from '../send/transport.ts';

/** `ca`: PEM text of the authorities to trust, or null. */
export function reportingOf(settings: Settings, ca: string | null): Reporting {
  const url = new URL(settings.matomo_url ?? '');
  const asker = new Asker(url.origin, settings, {
    ca,
    user_agent: userAgent,
    timeout_ms: settings.request_timeout_seconds * 1000,
    now: () => systemClock.now(),
  });
  return new Reporting(asker, apiPath(url), settings.matomo_token_auth ?? '');
}

/** One connection a lane. */
export const transportOf = (settings: Settings, ca: string | null, lanes: number): HttpTransport =>
  new HttpTransport({
    url: settings.matomo_url ?? '',
    token: settings.matomo_token_auth,
    connections: lanes,
    connect_timeout_ms: settings.connect_timeout_seconds * 1000,
    request_timeout_ms: settings.request_timeout_seconds * 1000,
    ca,
    tls_insecure: settings.tls_insecure,
    allow_private: settings.allow_private_targets,
    user_agent: userAgent,
  });
