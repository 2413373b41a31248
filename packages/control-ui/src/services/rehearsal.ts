import type { StandIn } from '../ports/stand-in.ts';
import type { SettingsStore } from '../ports/store/material.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, AuditTrail } from './audit-trail.ts';
import { urlsOf } from './target-urls.ts';

/** Enough visits a day to see some at once. */
const first_visits_per_day = 20_000;

/** Traffic without a Matomo: the stand-in as the target. */
export class Rehearsal {
  readonly #standIn: StandIn;
  readonly #settings: SettingsStore;
  readonly #audit: AuditTrail;

  constructor(standIn: StandIn, settings: SettingsStore, audit: AuditTrail) {
    this.#standIn = standIn;
    this.#settings = settings;
    this.#audit = audit;
  }

  /** Whether it can be had, and whether it is the target. */
  async state(): Promise<{ readonly offered: boolean; readonly is_target: boolean }> {
    const { values } = await this.#settings.get();
    return { offered: await this.#standIn.offered(), is_target: this.isTarget(values) };
  }

  /** Whether everything that these settings send goes to it. */
  isTarget(values: Readonly<Record<string, unknown>>): boolean {
    const urls = urlsOf(values);
    return urls.length > 0 && urls.every((url) => this.#standIn.owns(url));
  }

  /** Makes it the target. @throws Refusal when settings name another one, or when it does not start. */
  async begin(actor: Actor): Promise<string> {
    const kept = await this.#settings.get();
    const { matomo_url, targets } = kept.values;
    if (
      targets !== undefined ||
      (matomo_url !== undefined && !(await this.#wasBegun(kept.values)))
    ) {
      throw new Refusal('name_taken', {
        message: 'The settings name a target already, which the stand-in would replace.',
        remedy: 'Remove the target first, under Targets.',
      });
    }
    const url = await this.#open();
    await this.#put(kept, url);
    this.#audit.note(actor, {
      action: 'rehearsal.begin',
      subject: url,
      outcome: 'done',
      detail: {},
    });
    return url;
  }

  /**
   * At the start of the service: settings of an earlier rehearsal follow the stand-in to its new address; with
   * `always` it also becomes the target where none is named.
   */
  async takeUp(always: boolean): Promise<string | null> {
    const kept = await this.#settings.get();
    const { matomo_url, targets } = kept.values;
    const isOwn = await this.#wasBegun(kept.values);
    if (!always && !isOwn) return null;
    if (!(await this.#standIn.offered()) && !always) return null;
    const url = await this.#standIn.open().catch((error: unknown) => {
      if (always) throw error;
      return null;
    });
    if (url === null) return null;
    if (isOwn || (matomo_url === undefined && targets === undefined)) await this.#put(kept, url);
    return url;
  }

  /** Whether the settings are those of a rehearsal, of now or of before a restart. */
  async #wasBegun({ matomo_url, targets }: Readonly<Record<string, unknown>>): Promise<boolean> {
    if (targets !== undefined || typeof matomo_url !== 'string') return false;
    return this.#standIn.owns(matomo_url) || (await this.#standIn.ownedBefore(matomo_url));
  }

  async #put(kept: Awaited<ReturnType<SettingsStore['get']>>, url: string): Promise<void> {
    const { values, preset } = kept;
    const first =
      values.matomo_url === undefined ? { target_visits_per_day: first_visits_per_day } : {};
    const target = { matomo_url: url, matomo_token_auth: this.#standIn.token };
    const unchanged =
      values.matomo_url === url && values.matomo_token_auth === target.matomo_token_auth;
    if (!unchanged) await this.#settings.put({ ...first, ...values, ...target }, preset, null);
  }

  async #open(): Promise<string> {
    try {
      return await this.#standIn.open();
    } catch (error) {
      throw new Refusal('start_failed', {
        message: error instanceof Error ? error.message : 'The stand-in does not start.',
        remedy: 'Set a Matomo of your own as the target.',
      });
    }
  }
}
