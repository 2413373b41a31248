import type { testConnectionAnswer, testConnectionBody } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { AddressGuard } from './address-guard.ts';
import type { OneOffs } from './one-offs.ts';
import type { SettingsService } from './settings-service.ts';
import { urlsOf } from './target-urls.ts';

type Body = z.output<typeof testConnectionBody>;

/** Tests whether visits would arrive, with the settings as they are or as they are given. */
export class ConnectionTest {
  readonly #oneOffs: OneOffs;
  readonly #settings: SettingsService;
  readonly #guard: AddressGuard;

  constructor(oneOffs: OneOffs, settings: SettingsService, guard: AddressGuard) {
    this.#oneOffs = oneOffs;
    this.#settings = settings;
    this.#guard = guard;
  }

  async run(body: Body): Promise<z.input<typeof testConnectionAnswer>> {
    const config = await this.#configOf(body);
    const { values } = await this.#settings.judge(config);
    await this.#guard.check(urlsOf(values));
    return this.#oneOffs.check(config, body.timeout);
  }

  /** A kept token goes to the address that it is kept for, and to no other. */
  async #configOf(body: Body): Promise<Record<string, unknown>> {
    const { values } = await this.#settings.kept();
    const config: Record<string, unknown> = { ...body.config };
    if (body.matomo_url !== undefined)
      Object.assign(config, { matomo_url: body.matomo_url, targets: null });
    if (body.site_id !== undefined) config.matomo_site_id = body.site_id;
    if (body.token_auth !== undefined) config.matomo_token_auth = body.token_auth;
    const url = config.matomo_url;
    const elsewhere =
      typeof url === 'string' && hostOf(url) !== hostOf(String(values.matomo_url ?? ''));
    const token = config.matomo_token_auth;
    const kept = token === undefined || token === '' || token === '***';
    if (elsewhere && kept) config.matomo_token_auth = null;
    return config;
  }
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;
