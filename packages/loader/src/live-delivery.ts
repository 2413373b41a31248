import type { Settings, Target } from '@trafficinator/contract';
import { userAgent } from './edge/version.ts';
import type { Delivery } from './run-parts.ts';
import { HttpTransport } from './send/transport.ts';

/** How a target's hits leave: with its own address and token, in bulk if that is wanted and possible. */
export function deliveryTo(target: Target, settings: Settings, ca: string | null): Delivery {
  const transport = new HttpTransport({
    url: target.url,
    token: target.token_auth,
    connections: Math.min(settings.max_connections, settings.concurrency),
    connect_timeout_ms: settings.connect_timeout_seconds * 1000,
    request_timeout_ms: settings.request_timeout_seconds * 1000,
    ca,
    tls_insecure: settings.tls_insecure,
    allow_private: settings.allow_private_targets,
    user_agent: userAgent,
  });
  const wanted = target.delivery === 'auto' ? settings.delivery : target.delivery;
  const bulk = wanted === 'bulk' && settings.visit_pacing === 'compressed';
  return bulk
    ? { kind: 'bulk', transport, token: target.token_auth }
    : { kind: 'single', transport };
}
