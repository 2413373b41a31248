import { canBeFile, type SettingName, settingList } from '@trafficinator/contract';
import type { Files, InstanceFiles, LoaderFile } from '../../ports/files.ts';
import type { DocumentKind } from '../../ports/store/material.ts';
import type { Store } from '../../ports/store/store.ts';

/** Which part of a run an instance sends. */
export interface ShardOf {
  /** From 0. */
  readonly number: number;
  readonly count: number;
  readonly seed: number;
  /** UTC; all shards count their moments from here. */
  readonly started_at: string;
}

const settingOfDocument: Readonly<Record<Exclude<DocumentKind, 'targets'>, LoaderFile>> = {
  urls: 'urls_file',
  events: 'events_file',
  journeys: 'journeys_file',
  campaigns: 'campaigns_file',
};

type Values = Readonly<Record<string, unknown>>;

/** Puts together what an instance reads: settings, and the files they name. The one place that does. */
export class Composition {
  readonly #store: Store;
  readonly #files: Files;
  readonly #allowPrivate: (values: Values) => boolean;

  /** `allowPrivate`: whether settings may send into the service's own network. */
  constructor(store: Store, files: Files, allowPrivate: (values: Values) => boolean) {
    this.#store = store;
    this.#files = files;
    this.#allowPrivate = allowPrivate;
  }

  async of(
    id: string,
    values: Readonly<Record<string, unknown>>,
    shard: ShardOf | null,
  ): Promise<InstanceFiles> {
    const files = await this.material();
    const paths = Object.fromEntries(
      (Object.keys(files) as LoaderFile[]).map((file) => [file, this.#files.pathFor(id, file)]),
    );
    const settings: Record<string, unknown> = {
      ...withoutReplaced(values, paths),
      ...paths,
      auto_start: true,
      state_dir: this.#files.stateDirFor(id),
      allow_private_targets: this.#allowPrivate(values),
      ...(shard !== null &&
        shard.count > 1 && {
          shard: `${shard.number}/${shard.count}`,
          seed: shard.seed,
          run_started_at: shard.started_at,
        }),
    };
    return { settings: knownOnly(settings), files };
  }

  /** The files of the material, by the setting that names each; what is not there is built in. */
  async material(): Promise<Partial<Record<LoaderFile, string>>> {
    const files: Partial<Record<LoaderFile, string>> = {};
    for (const [kind, setting] of Object.entries(settingOfDocument)) {
      const document = await this.#store.documents.get(kind as DocumentKind);
      if (document !== null && isKnown(setting)) files[setting] = document.content;
    }
    const funnels = (await this.#store.funnels.all()).filter(({ enabled }) => enabled);
    if (funnels.length > 0) {
      const list = funnels
        .toSorted((a, b) => a.priority - b.priority || a.id - b.id)
        .map(({ funnel }) => funnel);
      files.funnel_config_path = `${JSON.stringify(list, null, 2)}\n`;
    }
    return files;
  }
}

const isSetting = (name: string): name is SettingName => Object.hasOwn(settingList, name);

/** A setting of this version, or `NAME_file` for one whose value may stand in a file. */
function isKnown(name: string): boolean {
  const inFile = name.replace(/_file$/, '');
  return isSetting(name) || (inFile !== name && isSetting(inFile) && canBeFile(inFile));
}

/** A file of one's own goes before the setting whose value it holds; together they would be refused. */
function withoutReplaced(
  values: Readonly<Record<string, unknown>>,
  paths: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const left = Object.entries(values).filter(([name]) => !Object.hasOwn(paths, `${name}_file`));
  return Object.fromEntries(left);
}

/** Values without names that this version's settings list does not have. */
export function knownOnly(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => isKnown(name)));
}
