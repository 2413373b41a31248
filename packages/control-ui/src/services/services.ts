import type { Throttle } from '../plugins/throttle.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store/store.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Gate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { Logs } from './logs/logs.ts';
import type { Operations } from './operations.ts';
import type { Overview } from './overview.ts';
import type { Readiness } from './readiness.ts';
import type { SettingsService } from './settings-service.ts';

/** What routes are made of. */
export interface Services {
  readonly clock: Clock;
  readonly store: Store;
  readonly gate: Gate;
  readonly throttle: Throttle;
  readonly audit: AuditTrail;
  readonly hub: Hub;
  readonly logs: Logs;
  readonly settings: SettingsService;
  readonly overview: Overview;
  readonly operations: Operations;
  readonly readiness: Readiness;
}
