import { randomBytes } from 'node:crypto';
import type { BackfillJob, backfillsAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Runner } from '../ports/runner.ts';
import type { Run, Runs } from '../ports/store/runs.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Actor, AuditTrail } from './audit-trail.ts';
import { goesOn, jobOf } from './backfill-job.ts';
import type { Composition } from './fleet/composition.ts';
import type { RunBook } from './fleet/run-book.ts';
import { maskedValues } from './fleet/settings-in-force.ts';
import type { SettingsService } from './settings-service.ts';
import { urlsOf } from './target-urls.ts';
import type { Seen, Watch } from './watch/watch.ts';

export interface BackfillParts {
  readonly runner: Runner;
  readonly runs: Runs;
  readonly files: Files;
  readonly watch: Watch;
  readonly book: RunBook;
  readonly composition: Composition;
  readonly settings: SettingsService;
  readonly audit: AuditTrail;
  readonly guard: AddressGuard;
  readonly clock: Clock;
  /** How many may run at once. */
  readonly limit: number;
}

const grace_seconds = 45;
const listed = 100;

/** One-off jobs into the past: each has an instance, an end, and files that stay until it is cleaned up. */
export class Backfills {
  readonly #parts: BackfillParts;
  #starting = 0;

  constructor(parts: BackfillParts) {
    this.#parts = parts;
  }

  /** @throws Refusal when the settings do not hold, or too many run. */
  async run(
    body: {
      readonly name?: string | undefined;
      readonly config: Readonly<Record<string, unknown>>;
    },
    actor: Actor,
  ): Promise<BackfillJob> {
    const { settings, files, runner, book, composition, clock, audit } = this.#parts;
    const found = await settings.judge(body.config, { backfill: true });
    if (!found.ok) throw refusalOf(found.problems, '/config', 'The backfill cannot be run so.');
    await this.#parts.guard.check(urlsOf(found.values));
    this.#roomFor();
    this.#starting += 1;
    try {
      const id = `backfill-${randomBytes(6).toString('hex')}`;
      const run: Run = {
        id: `run-${id.slice('backfill-'.length)}`,
        kind: 'backfill',
        name: body.name ?? null,
        instances: [id],
        started_by: actor.name,
        started_at: new Date(clock.now()).toISOString(),
        ended_at: null,
        end: null,
        reason: null,
        settings: maskedValues(found.values),
        preset: (await settings.kept()).preset,
        result: null,
      };
      await files.write(id, await composition.of(id, found.values, null));
      await runner.create({ id, role: 'backfill', command: ['backfill', '--json'] });
      await book.begin(run);
      try {
        await runner.start(id);
      } catch (error) {
        await book.fail(run.id, error instanceof Error ? error.message : String(error));
        throw error;
      }
      await this.#parts.watch.look();
      audit.note(actor, { action: 'backfill.run', subject: id, outcome: 'done', detail: {} });
      return this.job(id);
    } finally {
      this.#starting -= 1;
    }
  }

  /** Goes on with one that was stopped or halted; nothing is sent twice. */
  async resume(id: string, actor: Actor): Promise<BackfillJob> {
    const { runner, book, runs, watch, clock, audit } = this.#parts;
    const job = await this.job(id);
    if (!goesOn(job.state)) {
      throw new Refusal('operation_under_way', {
        message: `Backfill ${id} is ${job.state}.`,
        remedy: 'Only one that was stopped or halted goes on.',
      });
    }
    if (!job.can_resume) {
      throw new Refusal('not_running', {
        message: `Backfill ${id} was given up or cleaned up.`,
        remedy: 'Begin another one; a window with the same seed has the same visits.',
      });
    }
    this.#roomFor();
    const before = await runs.get(job.run_id);
    if (before === null) throw noJob(id);
    await book.begin({
      ...before,
      id: `run-${randomBytes(6).toString('hex')}`,
      started_by: actor.name,
      started_at: new Date(clock.now()).toISOString(),
      ended_at: null,
      end: null,
      reason: null,
      result: null,
    });
    await runner.start(id);
    await watch.look();
    audit.note(actor, { action: 'backfill.resume', subject: id, outcome: 'done', detail: {} });
    return this.job(id);
  }

  /** Stops one; what it has done stays, and it can go on later. */
  async cancel(id: string, actor: Actor): Promise<BackfillJob> {
    const { runner, watch, audit } = this.#parts;
    const job = await this.job(id);
    if (job.state !== 'running' && job.state !== 'starting') {
      throw new Refusal('not_running', {
        message: `Backfill ${id} does not run: it is ${job.state}.`,
        remedy: 'GET /api/backfill/status lists those that run.',
      });
    }
    this.#parts.book.expectStop([id]);
    await runner.stop(id, grace_seconds);
    await watch.look();
    audit.note(actor, { action: 'backfill.cancel', subject: id, outcome: 'done', detail: {} });
    return this.job(id);
  }

  /** Stops one for good. What it has sent stays, and its files, so that it can be reconciled. */
  async abandon(id: string, actor: Actor): Promise<BackfillJob> {
    const { runner, watch, audit } = this.#parts;
    const job = await this.job(id);
    if (job.state === 'running' || job.state === 'starting') await this.cancel(id, actor);
    if (watch.seen.has(id)) await runner.remove(id, 0);
    await watch.look();
    audit.note(actor, { action: 'backfill.abandon', subject: id, outcome: 'done', detail: {} });
    return this.job(id);
  }

  /** Removes those that have ended, with their files; the record of their runs stays. */
  async cleanUp(actor: Actor): Promise<readonly string[]> {
    const { runner, files, watch, audit } = this.#parts;
    const removed: string[] = [];
    for (const { instance } of this.#seen()) {
      if (instance.state === 'running') continue;
      await runner.remove(instance.id, 0);
      await files.remove(instance.id);
      removed.push(instance.id);
    }
    await watch.look();
    // Those that were given up have files alone.
    for (const { id } of (await this.list()).runs) {
      if (watch.seen.has(id) || (await files.settingsOf(id)) === null) continue;
      await files.remove(id);
      removed.push(id);
    }
    audit.note(actor, {
      action: 'backfill.clean_up',
      subject: null,
      outcome: 'done',
      detail: { removed },
    });
    return removed;
  }

  /** The newest first. */
  async list(): Promise<z.output<typeof backfillsAnswer>> {
    const { items } = await this.#parts.runs.list({ limit: listed, cursor: null }, 'backfill');
    const latest = new Map<string, Run>();
    for (const run of items) {
      const id = run.instances[0];
      if (id !== undefined && !latest.has(id)) latest.set(id, run);
    }
    const runs = [...latest.entries()].map(([id, run]) =>
      jobOf(run, this.#parts.watch.seen.get(id)),
    );
    return { runs, running: this.#running, limit: this.#parts.limit };
  }

  async job(id: string): Promise<BackfillJob> {
    const job = (await this.list()).runs.find((each) => each.id === id);
    if (job === undefined) throw noJob(id);
    return job;
  }

  get #running(): number {
    return this.#seen().filter(({ instance }) => instance.state === 'running').length;
  }

  #seen(): readonly Seen[] {
    return [...this.#parts.watch.seen.values()].filter(
      ({ instance }) => instance.role === 'backfill',
    );
  }

  #roomFor(): void {
    const { limit } = this.#parts;
    if (this.#running + this.#starting < limit) return;
    throw new Refusal('backfills_at_limit', {
      message: `${limit} backfills run already; more are not allowed at once (MAX_BACKFILLS).`,
      remedy: 'Wait until one ends, or cancel one.',
    });
  }
}

const noJob = (id: string): Refusal =>
  new Refusal('nothing_here', {
    message: `There is no backfill ${id}.`,
    remedy: 'GET /api/backfill/status lists them.',
  });
