import { isSecret } from './names.ts';
import { type SettingName, settingList } from './settings/list.ts';
import { redactedUrl } from './tracker-url.ts';

const longest = 200;

/**
 * A value as a problem or a log may show it: secrets as `***`, addresses without what may be secret
 * in them, control characters escaped (or a value could forge log lines), long ones cut.
 */
export function shown(name: SettingName | null, value: unknown): string {
  if (name !== null && isSecret(name)) return '***';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe =
    name !== null && isUrl(name) ? redactedUrl(text) : text.replace(/\/\/[^/\s]*@/, '//***@');
  const plain = safe.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1));
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

function isUrl(name: SettingName): boolean {
  const setting = settingList[name];
  return setting.kind === 'text' && setting.format === 'url';
}
