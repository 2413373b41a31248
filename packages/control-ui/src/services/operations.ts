import type { OperationResult, StartBody } from '@trafficinator/contract/rest';
import type { Files } from '../ports/files.ts';
import type { KeptSettings } from '../ports/store/material.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Actor, AuditTrail } from './audit-trail.ts';
import type { Composition } from './fleet/composition.ts';
import type { Fleet } from './fleet/fleet.ts';
import { loaderId } from './fleet/fleet.ts';
import type { RunBook } from './fleet/run-book.ts';
import { maskedValues, merged, readValues } from './fleet/settings-in-force.ts';
import type { Overview, PresetValues } from './overview.ts';
import { judged, type SettingsService } from './settings-service.ts';
import { urlsOf } from './target-urls.ts';
import type { Watch } from './watch/watch.ts';

export interface OperationParts {
  readonly fleet: Fleet;
  readonly settings: SettingsService;
  readonly presets: PresetValues;
  readonly overview: Overview;
  readonly composition: Composition;
  readonly files: Files;
  readonly book: RunBook;
  readonly watch: Watch;
  readonly audit: AuditTrail;
  readonly guard: AddressGuard;
}

/** What a person does with the loader: start, stop, restart, apply. Each says what it did in a sentence. */
export class Operations {
  readonly #parts: OperationParts;

  constructor(parts: OperationParts) {
    this.#parts = parts;
  }

  async start(body: StartBody, actor: Actor): Promise<OperationResult> {
    const { fleet } = this.#parts;
    if (fleet.runs && !body.restart_if_running) {
      if (body.config === undefined && body.preset === undefined) {
        return this.#result('The loader runs already; nothing was changed.');
      }
      throw new Refusal('operation_under_way', {
        message: 'The loader runs already, with other settings.',
        remedy: 'Use /api/restart or restart_if_running: true, or stop it first.',
      });
    }
    const running = fleet.runs;
    const config = await this.#withPreset(body);
    if (running) return this.#replace(config, body, actor, 'loader.restart');
    const before = await this.#parts.settings.kept();
    const kept = await this.#save(config, body.preset);
    return fleet.alone('started', async () => {
      try {
        await this.#begin(kept, body.workers ?? 1, body.new_run, actor);
      } catch (error) {
        this.#note(actor, 'loader.start', 'failed', { reason: reasonOf(error) });
        if (config !== null) await this.#parts.settings.restore(before);
        throw error;
      }
      this.#note(actor, 'loader.start', 'done', { workers: body.workers ?? 1 });
      return this.#result('The loader was started.');
    });
  }

  async stop(grace_seconds: number | undefined, actor: Actor): Promise<OperationResult> {
    const { fleet } = this.#parts;
    if (!fleet.runs) return this.#result('The loader does not run; nothing was changed.');
    return fleet.alone('stopped', async () => {
      const grace = grace_seconds ?? (await this.#grace());
      await fleet.stop(grace);
      this.#note(actor, 'loader.stop', 'done', { grace_seconds: grace });
      return this.#result('The loader was stopped; every visit under way has its outcome.');
    });
  }

  /** Stops and starts, with new settings if there are any; if that fails, what ran before runs again. */
  restart(body: StartBody, actor: Actor): Promise<OperationResult> {
    if (!this.#parts.fleet.runs) return this.start(body, actor);
    return this.start({ ...body, restart_if_running: true }, actor);
  }

  /** Saves settings; loaders that run are started again with them. */
  async apply(
    config: Readonly<Record<string, unknown>>,
    options: {
      readonly replace: boolean;
      readonly restart: boolean;
      readonly preset?: string | null | undefined;
      readonly version: number | null;
    },
    actor: Actor,
  ): Promise<OperationResult> {
    const { fleet, settings, files } = this.#parts;
    if (!fleet.runs || !options.restart) {
      const kept = await settings.save(config, options);
      this.#note(actor, 'settings.apply', 'done', { version: kept.version });
      if (!fleet.runs) {
        await files.write(
          loaderId(0),
          await this.#parts.composition.of(loaderId(0), kept.values, null),
        );
      }
      return this.#result(
        fleet.runs
          ? 'The settings are saved; the running loader keeps its own until it is restarted.'
          : 'The settings are saved; the next start takes them.',
      );
    }
    const found = await settings.judge(config, options);
    if (!found.ok) throw refusalOf(found.problems, '/config', 'The settings cannot be used.');
    return this.#replace(config, { ...options, new_run: false }, actor, 'settings.apply');
  }

  async #replace(
    config: Readonly<Record<string, unknown>> | null,
    body: {
      readonly workers?: number | undefined;
      readonly new_run: boolean;
      readonly replace?: boolean;
      readonly preset?: string | null | undefined;
      readonly version?: number | null;
    },
    actor: Actor,
    action: string,
  ): Promise<OperationResult> {
    const { fleet, settings, book } = this.#parts;
    return fleet.alone('restarted', async () => {
      const before = await settings.kept();
      const kept = config === null ? before : await settings.save(config, body);
      const ran = book.latest?.instances.length ?? 1;
      await this.#ready(kept, before, config !== null);
      await fleet.stop(await this.#grace());
      try {
        await this.#begin(kept, body.workers ?? ran, body.new_run, actor);
      } catch (error) {
        if (config !== null) await settings.restore(before);
        this.#note(actor, action, 'failed', { reason: reasonOf(error) });
        const back = await this.#begin(before, ran, false, actor).then(
          () => 'What ran before runs again.',
          () => 'What ran before could not be started again either.',
        );
        throw new Refusal('apply_failed', {
          message: `The loader does not start with these settings: ${reasonOf(error)} ${back}`,
          remedy: error instanceof Refusal ? error.remedy : 'Look at /api/logs.',
        });
      }
      this.#note(actor, action, 'done', { workers: body.workers ?? ran });
      return this.#result('The loader was restarted.');
    });
  }

  /** What can be known before anything is stopped; new settings that fail here are not kept. */
  async #ready(kept: KeptSettings, before: KeptSettings, isNew: boolean): Promise<void> {
    try {
      const found = judged(kept.values);
      if (!found.ok) throw refusalOf(found.problems, '/config', 'The settings cannot be used.');
      await this.#parts.guard.check(urlsOf(kept.values));
    } catch (error) {
      if (isNew) await this.#parts.settings.restore(before);
      throw error;
    }
  }

  async #begin(kept: KeptSettings, workers: number, new_run: boolean, actor: Actor): Promise<void> {
    const found = judged(kept.values);
    if (!found.ok) throw refusalOf(found.problems, '/config', 'The saved settings cannot be used.');
    await this.#parts.guard.check(urlsOf(kept.values));
    await this.#parts.fleet.start({
      values: kept.values,
      preset: kept.preset,
      shown: maskedValues(kept.values),
      workers,
      new_run,
      started_by: actor.name,
    });
  }

  async #save(
    config: Readonly<Record<string, unknown>> | null,
    preset: string | undefined,
  ): Promise<KeptSettings> {
    const { settings } = this.#parts;
    if (config === null) return settings.kept();
    return settings.save(config, preset === undefined ? {} : { preset });
  }

  /** The settings that a start names: a preset's, and over them its own. */
  async #withPreset(body: StartBody): Promise<Readonly<Record<string, unknown>> | null> {
    if (body.preset === undefined) return body.config ?? null;
    const values = await this.#parts.presets(body.preset);
    if (values === null) {
      throw new Refusal('nothing_here', {
        message: `There is no preset “${body.preset}”.`,
        remedy: 'GET /api/presets lists them.',
      });
    }
    return merged(values, body.config ?? {}, false);
  }

  /** As long as the loader itself may take to drain, and a little more. */
  async #grace(): Promise<number> {
    const { values } = await this.#parts.settings.kept();
    return readValues(values, 'plan').settings.drain_seconds + 10;
  }

  async #result(message: string): Promise<OperationResult> {
    const { watch } = this.#parts;
    if (watch.engine.ok) await watch.look();
    this.#parts.overview.forget();
    const { state, run_id } = await this.#parts.overview.status();
    return { message, state, run_id };
  }

  #note(
    actor: Actor,
    action: string,
    outcome: 'done' | 'failed',
    detail: Readonly<Record<string, unknown>>,
  ): void {
    this.#parts.audit.note(actor, {
      action,
      subject: this.#parts.book.latest?.id ?? null,
      outcome,
      detail,
    });
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'for an unknown reason.';
