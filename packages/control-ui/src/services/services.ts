import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store/store.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Backfills } from './backfills.ts';
import type { ConnectionTest } from './connection-test.ts';
import type { Gate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { Logs } from './logs/logs.ts';
import type { MaterialServices } from './material-services.ts';
import type { OneOffs } from './one-offs.ts';
import type { Operations } from './operations.ts';
import type { Overview } from './overview.ts';
import type { Readiness } from './readiness.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { RunHistory } from './run-history.ts';
import type { SettingsService } from './settings-service.ts';
import type { Sparing } from './sparing.ts';
import type { Throttle } from './throttle.ts';

/** What routes are made of. */
export interface Services {
  readonly clock: Clock;
  readonly store: Store;
  readonly gate: Gate;
  readonly throttle: Throttle;
  /** How often refused people are noted in the audit trail. */
  readonly sparing: Sparing;
  readonly audit: AuditTrail;
  readonly hub: Hub;
  readonly logs: Logs;
  readonly settings: SettingsService;
  readonly material: MaterialServices;
  readonly overview: Overview;
  readonly operations: Operations;
  readonly readiness: Readiness;
  readonly history: RunHistory;
  readonly backfills: Backfills;
  readonly oneOffs: OneOffs;
  readonly connection: ConnectionTest;
  readonly rehearsal: Rehearsal;
}
