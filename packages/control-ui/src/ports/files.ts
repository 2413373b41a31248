/** Files of an instance besides its settings, by the setting that names them. */
export const loaderFiles = {
  urls_file: 'urls.txt',
  funnel_config_path: 'funnels.json',
  events_file: 'events.json',
  journeys_file: 'journeys.json',
  campaigns_file: 'campaigns.json',
} as const;
export type LoaderFile = keyof typeof loaderFiles;

/** All that an instance reads when it starts. */
export interface InstanceFiles {
  /** Values by setting name, secrets included; paths are as the loader sees them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Partial<Record<LoaderFile, string>>>;
}

/**
 * The shared directory: what the service writes and loaders read. Each file is replaced as a whole and is
 * readable for its owner only; a file that is no longer part of the instance is removed. All that gives a
 * promise throws a StoreError when the disk refuses, or when a link at the place of a folder or a file leads
 * elsewhere.
 */
export interface Files {
  write(id: string, files: InstanceFiles): Promise<void>;
  /** Whether what is there is something else. */
  differs(id: string, files: InstanceFiles): Promise<boolean>;
  /** The names of the files that are not as they should be: missing, changed, or there and not meant to be. */
  differences(id: string, files: InstanceFiles): Promise<readonly string[]>;
  /** Path of a file as the loader sees it. */
  pathFor(id: string, file: LoaderFile): string;
  /** Where the loader keeps its state, as it sees it. */
  stateDirFor(id: string): string;
  /** The settings that were written for it, with paths as this process sees them; null: there are none. */
  settingsOf(id: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** What the reports of a backfill in its state directory say: one for each target. */
  reports(id: string): Promise<readonly unknown[]>;
  /** Tells a waiting loader to begin. */
  signal(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Whether the directory can be written to and has space; never throws. */
  check(): Promise<{ readonly ok: boolean; readonly reason: string }>;
}
