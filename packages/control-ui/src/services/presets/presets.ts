import type { LoadAnswer, LoadBody, PresetBody, PresetEdit } from '@trafficinator/contract/rest';
import type { Page, PageQuery } from '../../ports/store/kept.ts';
import type { Preset } from '../../ports/store/material.ts';
import type { Store } from '../../ports/store/store.ts';
import { Refusal, refusalOf } from '../../refusal.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import { formProblems, maskedValues, readValues } from '../fleet/settings-in-force.ts';
import type { InTurn } from '../in-turn.ts';
import { judged, verdictOf } from '../settings-service.ts';
import { withoutLentToken } from '../targets/lending.ts';
import type { BuiltInPreset } from './built-in.ts';
import { judgedPreset, presetProblems } from './judged-preset.ts';
import { loaded } from './loading.ts';

type Values = Readonly<Record<string, unknown>>;
type StoreParts = Pick<Store, 'presets' | 'settings'>;

/** Presets: those that come with the program, and those that people save. */
export class Presets {
  readonly built_in: readonly BuiltInPreset[];
  readonly #store: StoreParts;
  readonly #audit: AuditTrail;
  readonly #turn: InTurn;

  constructor(
    store: StoreParts,
    built_in: readonly BuiltInPreset[],
    audit: AuditTrail,
    turn: InTurn,
  ) {
    this.built_in = built_in;
    this.#store = store;
    this.#audit = audit;
    this.#turn = turn;
  }

  list(query: PageQuery): Promise<Page<Preset>> {
    return this.#store.presets.list(query);
  }

  async get(id: number): Promise<Preset> {
    const found = await this.#store.presets.get(id);
    if (found === null) throw missing(String(id));
    return found;
  }

  /** The values of a preset by its name; null: there is none. */
  async values(name: string): Promise<Values | null> {
    const own = this.built_in.find((each) => each.name === name.toLowerCase());
    return (own ?? (await this.#store.presets.byName(name)))?.settings ?? null;
  }

  create(body: PresetBody, actor: Actor): Promise<Preset> {
    return this.#turn.run(async () => {
      this.#free(body.name);
      if (body.config === undefined && body.from === undefined) throw nothingGiven();
      const settings = await this.#contents(body, {}, body.with_secrets);
      const { name, description, with_secrets } = body;
      const row = { name, description: description ?? '', settings, with_secrets };
      const made = await this.#store.presets.create(row);
      this.#note(actor, 'create', made);
      return made;
    });
  }

  update(id: number, body: PresetEdit, version: number | null, actor: Actor): Promise<Preset> {
    return this.#turn.run(async () => {
      const before = await this.get(id);
      const name = body.name ?? before.name;
      if (name !== before.name) this.#free(name);
      const with_secrets = body.with_secrets ?? before.with_secrets;
      const settings = await this.#contents(body, before.settings, with_secrets);
      const description = body.description === undefined ? before.description : body.description;
      const row = { name, description: description ?? '', settings, with_secrets };
      const made = await this.#store.presets.update(id, row, version);
      this.#note(actor, 'update', made);
      return made;
    });
  }

  remove(id: number, version: number | null, actor: Actor): Promise<void> {
    return this.#turn.run(async () => {
      const before = await this.get(id);
      await this.#store.presets.remove(id, version);
      this.#note(actor, 'remove', before);
    });
  }

  async load(id: number, body: LoadBody, actor: Actor): Promise<LoadAnswer> {
    const { name, settings } = await this.get(id);
    return this.#load(name, settings, body, actor);
  }

  loadBuiltIn(name: string, body: LoadBody, actor: Actor): Promise<LoadAnswer> {
    const found = this.built_in.find((each) => each.name === name);
    if (found === undefined) throw missing(`“${name}”`);
    return this.#load(name, found.settings, body, actor);
  }

  #load(preset: string, values: Values, body: LoadBody, actor: Actor): Promise<LoadAnswer> {
    return this.#turn.run(async () => {
      const before = await this.#store.settings.get();
      const next = loaded(values, before.values, body.target);
      const found = readValues(next.values, 'plan');
      const message = `The preset “${preset}” cannot be used any more.`;
      if (!found.ok) throw refusalOf(formProblems(found.problems), '/settings', message);
      const kept = await this.#store.settings.put(next.values, preset, before.version);
      this.#audit.note(actor, {
        action: 'preset.load',
        subject: preset,
        outcome: 'done',
        detail: { version: kept.version },
      });
      const standing = judged(kept.values).problems.filter(({ severity }) => severity === 'error');
      return {
        message: `The preset “${preset}” is loaded; the next start takes it.`,
        preset,
        version: kept.version,
        settings: { ...maskedValues(kept.values) },
        problems: [...next.problems, ...standing].map((each) => ({
          ...each,
          fields: [...each.fields],
        })),
      };
    });
  }

  /** The settings that a body means, judged; `before` is what the preset holds now. */
  async #contents(
    body: Pick<PresetEdit, 'config' | 'from'>,
    before: Values,
    with_secrets: boolean,
  ): Promise<Values> {
    if (body.config !== undefined && body.from !== undefined) {
      throw new Refusal('request_invalid', {
        message: 'Both config and from are given.',
        remedy: 'Give one of them.',
      });
    }
    const { settings, problems, ok } =
      body.from === 'saved'
        ? await this.#saved(with_secrets)
        : judgedPreset(body.config ?? before, before, with_secrets);
    if (!ok) throw refusalOf(problems, '/config', 'The settings cannot be used.');
    const given = body.config ?? settings;
    const mine = withoutLentToken(before, settings, given).values;
    if (hasStrayToken(mine)) {
      throw new Refusal('request_invalid', {
        message: 'A preset with a token needs the address that the token is for.',
        remedy: 'Give matomo_url as well, or leave the token out.',
      });
    }
    return mine;
  }

  async #saved(with_secrets: boolean) {
    const { values } = await this.#store.settings.get();
    return judgedPreset(values, values, with_secrets);
  }

  #free(name: string): void {
    if (!this.built_in.some((each) => each.name.toLowerCase() === name.toLowerCase())) return;
    throw new Refusal('name_taken', {
      message: `“${name}” is the name of a built-in preset.`,
      remedy: 'Choose another name.',
    });
  }

  #note(actor: Actor, what: 'create' | 'update' | 'remove', { id, name, version }: Preset): void {
    this.#audit.note(actor, {
      action: `preset.${what}`,
      subject: String(id),
      outcome: 'done',
      detail: { name, version },
    });
  }
}

/** Why a preset cannot be loaded any more, as answers tell it. */
export const problemsOf = (settings: Values) => verdictOf(presetProblems(settings)).errors;

const hasStrayToken = (values: Values): boolean =>
  typeof values.matomo_token_auth === 'string' && typeof values.matomo_url !== 'string';

const missing = (which: string): Refusal =>
  new Refusal('nothing_here', {
    message: `There is no preset ${which}.`,
    remedy: 'GET /api/presets lists them.',
  });

const nothingGiven = (): Refusal =>
  new Refusal('request_invalid', {
    message: 'A new preset needs settings.',
    remedy: 'Give config, or "from": "saved".',
  });
