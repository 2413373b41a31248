import { isSecret, type SettingName, settingList } from '@trafficinator/contract';
import { type ExportFile, exportFormat } from '@trafficinator/contract/rest';
import type { Clock } from '../../ports/clock.ts';
import { documentKinds } from '../../ports/store/material.ts';
import type { Store } from '../../ports/store/store.ts';
import { targetsIn } from '../targets/target-list.ts';

type Values = Readonly<Record<string, unknown>>;

/** Everything that the service keeps for a user, but no secret. */
export class Exporter {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async of(key_id: number): Promise<ExportFile> {
    const store = this.#store;
    const [presets, funnels, settings, preferences] = await Promise.all([
      store.presets.all(),
      store.funnels.all(),
      store.settings.get(),
      store.preferences.get(key_id),
    ]);
    const kinds = documentKinds.filter((kind) => kind !== 'targets');
    const kept = await Promise.all(kinds.map((kind) => store.documents.get(kind)));
    const documents = kept.flatMap((each) => (each === null ? [] : [[each.kind, each.content]]));
    const { source, strategy, targets } = targetsIn(settings.values);
    const values = withoutSecrets(settings.values);
    return {
      format: exportFormat,
      exported_at: new Date(this.#clock.now()).toISOString(),
      presets: presets.map(({ name, description, settings: own }) => ({
        name,
        description,
        settings: withoutSecrets(own),
      })),
      funnels: funnels.map(({ funnel }) => funnel),
      documents: Object.fromEntries(documents),
      ...(isSaved(settings.values) && {
        settings: {
          values: source === 'list' ? { ...values, target_strategy: strategy } : values,
          preset: settings.preset,
          ...(source === 'list' && { targets: targets.map(({ token_auth: _, ...open }) => open) }),
        },
      }),
      preferences: (preferences.values ?? {}) as Record<string, unknown>,
    };
  }
}

/** Whether anybody has saved settings yet. */
export const isSaved = (values: Values): boolean => Object.keys(values).length > 0;

function withoutSecrets(values: Values): Record<string, unknown> {
  const open = Object.entries(values).filter(
    ([name]) => Object.hasOwn(settingList, name) && !isSecret(name as SettingName),
  );
  return Object.fromEntries(open);
}
