import { ConfigError } from '../config.ts';
import type { Role } from '../ports/store/access.ts';
import { digestOf } from '../services/gate.ts';
import { newKey } from '../services/keys.ts';
import { keyName } from '../services/names.ts';
import { besideService, needData, type Say } from './data.ts';

/**
 * Makes a key and shows it, this once. Works while the service runs, which knows it at once, and before its
 * first start.
 */
export function addKey(data_dir: string, name: string, role: Role, say: Say): void {
  const read = keyName.safeParse(name);
  if (!read.success) {
    throw new ConfigError([`The name of a key ${read.error.issues[0]?.message}.`]);
  }
  const key = newKey();
  besideService(data_dir, ({ access }) => access.addKey(name, role, digestOf(key)));
  say(`The key “${name}” (${role}), shown this once:`);
  say(key);
}

/** Lists all keys, revoked ones too. Works while the service runs. */
export function listKeys(data_dir: string, json: boolean, say: Say): void {
  needData(data_dir);
  const keys = besideService(data_dir, ({ access }) => access.keys());
  if (json) return say(JSON.stringify(keys));
  if (keys.length === 0) say('There are no keys. The service makes one when it starts.');
  for (const { name, role, created_at, last_used_at, revoked_at } of keys) {
    const used =
      revoked_at === null ? `last used ${last_used_at ?? 'never'}` : `revoked ${revoked_at}`;
    say(`${name.padEnd(24)} ${role.padEnd(8)}  made ${created_at}, ${used}`);
  }
}

/** Revokes a key and ends its sessions. Works while the service runs, which refuses it at once. */
export function revokeKey(data_dir: string, name: string, say: Say): void {
  needData(data_dir);
  besideService(data_dir, ({ access }) => access.revokeKey(name));
  say(`The key “${name}” is revoked, and its sessions are ended.`);
}
