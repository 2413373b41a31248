import {
  envNameOf,
  isSecret,
  type Setting,
  type SettingName,
  settingList,
  valueText,
} from '@trafficinator/contract';

/** Settings as the text of a `.env` file, in the order of the list; secrets are left out. */
export function envText(title: string, settings: Readonly<Record<string, unknown>>): string {
  const names = (Object.keys(settingList) as SettingName[]).filter(
    (name) => Object.hasOwn(settings, name) && settings[name] !== null && !isSecret(name),
  );
  const lines = names.map((name) => `${envNameOf(name)}=${quoted(textOf(name, settings[name]))}`);
  return `# ${title.replace(/\p{Cc}+/gu, ' ')}\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`;
}

/** Whole, not shortened as for a table. */
function textOf(name: SettingName, value: unknown): string {
  const setting: Setting = settingList[name];
  return setting.kind === 'text' ? String(value) : valueText(name, value);
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
