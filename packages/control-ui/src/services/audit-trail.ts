import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { Audit, AuditEntry } from '../ports/store/audit.ts';

/** Who does something, and from where. */
export interface Actor {
  /** Name of the key. */
  readonly name: string;
  readonly address: string;
}

export type Deed = Omit<AuditEntry, 'at' | 'actor' | 'address'>;

/** Notes who did what. A trail that cannot be written is told in the log, and holds nobody up. */
export class AuditTrail {
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(audit: Audit, clock: Clock, log: Logger) {
    this.#audit = audit;
    this.#clock = clock;
    this.#log = log;
  }

  note(actor: Actor, deed: Deed): void {
    const entry: AuditEntry = {
      at: new Date(this.#clock.now()).toISOString(),
      actor: actor.name,
      address: actor.address,
      ...deed,
    };
    this.#log.info({ audit: entry }, 'audit');
    this.#audit.append(entry).catch((error: unknown) => {
      this.#log.error({ err: error }, 'the audit trail cannot be written');
    });
  }
}
