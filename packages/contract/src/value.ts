import type * as z from 'zod/mini';
import { calendarDate } from './calendar-date.ts';
import type { Complaint } from './complaint.ts';
import { instantText } from './instant.ts';
import { allowedValues } from './range.ts';
import { settingSchemas } from './schema.ts';
import type { Setting } from './settings/define.ts';
import { envNameOf, type SettingName, settingList } from './settings/list.ts';
import { shardText } from './shard.ts';
import { trackerUrl } from './tracker-url.ts';
import { weightsOfJson } from './weights.ts';

/**
 * Checks one typed value (number, boolean, text, list, null) against its setting's schema and
 * format. Texts come back in their normal form: an address with its /matomo.php.
 */
export function checkedValue(name: SettingName, value: unknown): { value: unknown } | Complaint {
  const setting: Setting = settingList[name];
  if (setting.kind === 'weighted_list') return weightsOfJson(envNameOf(name), setting, value);
  const parsed = settingSchemas[name].safeParse(value);
  if (!parsed.success) return complaintOf(name, setting, value, parsed.error.issues[0]!);
  if (setting.kind !== 'text' || typeof parsed.data !== 'string') return { value: parsed.data };
  return checkedText(name, setting.format, parsed.data);
}

function checkedText(
  name: SettingName,
  format: string,
  text: string,
): { value: string } | Complaint {
  const label = envNameOf(name);
  if (format === 'targets' || format === 'campaigns') return { value: text };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) {
    return {
      code: 'setting_has_control_characters',
      message: `${label} contains a line break or another control character.`,
      remedy: 'Write it on one line, without tabs.',
    };
  }
  if (/\$\{\w+/.test(text)) {
    return {
      code: 'setting_not_expanded',
      message: `${label} contains a variable reference that nobody has replaced.`,
      remedy:
        'Write the value itself; references with a dollar sign work only in Compose files and shells.',
    };
  }
  if (format === 'date') return calendarDate(label, text);
  if (format === 'instant') return instantText(label, text);
  if (format === 'shard') return shardText(label, text);
  return format === 'url' ? trackerUrl(label, text) : { value: text };
}

function complaintOf(
  name: SettingName,
  setting: Setting,
  value: unknown,
  issue: z.core.$ZodIssue,
): Complaint {
  const label = envNameOf(name);
  const position = issue.path[0];
  const subject = typeof position === 'number' ? `Element ${position + 1} of ${label}` : label;
  const remedy = `Allowed: ${allowedValues(setting)}.`;
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    if (setting.kind === 'text') {
      return { code: 'setting_too_long', message: `${label} is too long.`, remedy: 'Shorten it.' };
    }
    if (Array.isArray(value) && issue.path.length === 0) {
      return { code: 'setting_not_a_list', message: `${label} is an empty list.`, remedy };
    }
    const relation = issue.code === 'too_small' ? 'too small' : 'too large';
    return { code: 'setting_out_of_range', message: `${subject} is ${relation}.`, remedy };
  }
  const [code, what] = wrongType(setting.kind, value);
  return { code, message: `${subject} is ${what}.`, remedy };
}

function wrongType(kind: Setting['kind'], value: unknown): [Complaint['code'], string] {
  switch (kind) {
    case 'boolean':
      return ['setting_not_a_boolean', 'neither true nor false'];
    case 'choice':
      return ['setting_not_a_choice', 'not one of its allowed values'];
    case 'text':
      return ['setting_not_a_text', 'not a text'];
    case 'weighted_list':
      return ['setting_not_a_list', 'not an object of weights'];
    case 'number_list':
      return Array.isArray(value)
        ? ['setting_not_a_number', 'not a number']
        : ['setting_not_a_list', 'not a list of numbers'];
    case 'integer':
      if (typeof value === 'number') return ['setting_not_whole', 'not a whole number'];
      return ['setting_not_a_number', 'not a number'];
    case 'number':
      return ['setting_not_a_number', 'not a number'];
  }
}
