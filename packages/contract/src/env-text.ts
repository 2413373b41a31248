import { isSecret } from './names.ts';
import type { Setting, Weights } from './settings/define.ts';
import { envNameOf, type SettingName, settingList } from './settings/list.ts';
import { weightsText } from './weights.ts';

/** Settings as the text of a `.env` file, in the order of the list; secrets are left out. */
export function envText(title: string, settings: Readonly<Record<string, unknown>>): string {
  const lines = open(settings).map(
    (name) => `${envNameOf(name)}=${quoted(textOfValue(name, settings[name]))}`,
  );
  return `# ${title.replace(/\p{Cc}+/gu, ' ')}\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`;
}

/**
 * Settings as the `environment:` block of a service in a Compose file; secrets are left out. Compose replaces
 * `$NAME`, so a dollar sign is doubled. A JSON string is a YAML one.
 */
export function composeText(settings: Readonly<Record<string, unknown>>): string {
  const lines = open(settings).map((name) => {
    const text = textOfValue(name, settings[name]).replaceAll('$', '$$$$');
    return `  ${envNameOf(name)}: ${JSON.stringify(text)}`;
  });
  return `environment:\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`;
}

/** A value as the text that `valueOfText` reads back: whole and not masked, as a form or a file has it. */
export function textOfValue(name: SettingName, value: unknown): string {
  const setting: Setting = settingList[name];
  if (value === null || value === undefined) return '';
  if (setting.kind === 'weighted_list' && typeof value === 'object') {
    return weightsText(setting, value as Weights);
  }
  return Array.isArray(value) ? value.join(',') : String(value);
}

function open(settings: Readonly<Record<string, unknown>>): SettingName[] {
  return (Object.keys(settingList) as SettingName[]).filter(
    (name) => Object.hasOwn(settings, name) && settings[name] !== null && !isSecret(name),
  );
}

/** In single quotes nothing has a meaning; where those are in the value, double ones with escapes. */
function quoted(text: string): string {
  if (/^[\w.:/@%+,-]+$/.test(text)) return text;
  if (!/['\p{Cc}]/u.test(text)) return `'${text}'`;
  const escaped = text
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}
