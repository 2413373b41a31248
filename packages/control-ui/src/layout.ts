import { join } from 'node:path';

/** Where the shared data directory is mounted in containers: in loaders and in the service alike. */
export const mountPoint = '/app/data';

const pattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Whether a text can be the id of an instance; what is not never becomes part of a path. */
export const isInstanceId = (text: string): boolean => pattern.test(text);

/** The folder that holds a folder for each instance. */
export const instancesFolder = (shared_dir: string): string => join(shared_dir, 'loaders');

/** The files of one instance. All paths are absolute when the shared directory is. */
export interface InstanceLayout {
  readonly folder: string;
  /** SETTINGS_FILE of the loader; mode 0600. */
  readonly settings_file: string;
  /** Value for STATE_DIR. */
  readonly state_dir: string;
  /** Value for START_SIGNAL_FILE. */
  readonly start_signal_file: string;
  readonly urls_file: string;
  readonly funnels_file: string;
  readonly events_file: string;
  readonly journeys_file: string;
  readonly campaigns_file: string;
  readonly targets_file: string;
  /** What the process runner keeps of it: pid, exit code, output. */
  readonly process_folder: string;
}

/**
 * Where the files of an instance lie below the shared directory, as whoever has it at that path sees them:
 * a settings file for a container names paths below {@link mountPoint}, one for a process real paths.
 * @throws TypeError for a text that is no id.
 */
export function layoutOf(shared_dir: string, id: string): InstanceLayout {
  if (!isInstanceId(id)) throw new TypeError('An instance needs an id of a-z, 0-9 and -.');
  const folder = join(instancesFolder(shared_dir), id);
  const file = (name: string): string => join(folder, name);
  return {
    folder,
    settings_file: file('settings.json'),
    state_dir: file('state'),
    start_signal_file: file('start.signal'),
    urls_file: file('urls.txt'),
    funnels_file: file('funnels.json'),
    events_file: file('events.json'),
    journeys_file: file('journeys.json'),
    campaigns_file: file('campaigns.json'),
    targets_file: file('targets.json'),
    process_folder: file('process'),
  };
}
