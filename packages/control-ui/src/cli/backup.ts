import { resolve } from 'node:path';
import { besideService, needData, type Say } from './data.ts';

/** Writes a consistent copy of the database to a new file. Works while the service runs. */
export function backup(data_dir: string, file: string, say: Say): void {
  needData(data_dir);
  const path = resolve(file);
  besideService(data_dir, ({ upkeep }) => upkeep.backup(path));
  say(`Everything that the service keeps is in ${path}.`);
  say('Its tokens are sealed: keep secret.key, or SECRET_KEY, in another place than the copy.');
}
