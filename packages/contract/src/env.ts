import { type Complaint, isComplaint } from './complaint.ts';
import { allowedValues } from './range.ts';
import type { ChoiceSetting, Setting } from './settings/define.ts';
import { envNameOf, type SettingName, settingList } from './settings/list.ts';
import { checkedValue } from './value.ts';
import { weightsOfText } from './weights.ts';

/**
 * A text as it is meant: without blanks around it and without one pair of quotes, which
 * `docker run --env-file` leaves in place. An empty result means: not set.
 */
export function cleanText(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(trimmed);
  return quoted ? quoted[2]!.trim() : trimmed;
}

/** The value of a setting from a text that is not blank, or what is wrong with the text. */
export function valueOfText(name: SettingName, text: string): { value: unknown } | Complaint {
  const typed = typedValue(name, settingList[name], cleanText(text));
  return isComplaint(typed) ? typed : checkedValue(name, typed.value);
}

function typedValue(
  name: SettingName,
  setting: Setting,
  text: string,
): { value: unknown } | Complaint {
  const label = envNameOf(name);
  if (isNothing(text) && !(setting.kind === 'text' && setting.format === 'plain')) {
    return {
      code: nothingCodes[setting.kind],
      message: `${label} is the word “${text}”, which is not a value.`,
      remedy: 'Leave it empty to unset it.',
    };
  }
  switch (setting.kind) {
    case 'boolean':
      return booleanOf(label, text);
    case 'choice':
      return choiceOf(label, setting, text);
    case 'integer':
    case 'number':
      return numberOf(label, setting, text);
    case 'number_list':
      return numbersOf(label, setting, text);
    case 'weighted_list':
      return weightsOfText(label, setting, text);
    case 'text':
      return { value: text };
  }
}

const nothingCodes = {
  boolean: 'setting_not_a_boolean',
  choice: 'setting_not_a_choice',
  integer: 'setting_not_a_number',
  number: 'setting_not_a_number',
  number_list: 'setting_not_a_list',
  weighted_list: 'setting_not_a_list',
  text: 'setting_not_a_text',
} as const;

const isNothing = (text: string): boolean => /^(none|null|undefined)$/i.test(text);

function booleanOf(label: string, text: string): { value: boolean } | Complaint {
  if (/^(true|1|yes|on|y)$/i.test(text)) return { value: true };
  if (/^(false|0|no|off|n)$/i.test(text)) return { value: false };
  return {
    code: 'setting_not_a_boolean',
    message: `${label} is neither true nor false.`,
    remedy: 'Write true or false (1, yes, on, y and 0, no, off, n mean the same).',
  };
}

function choiceOf(
  label: string,
  setting: ChoiceSetting<string>,
  text: string,
): { value: string } | Complaint {
  const other = setting.synonyms?.[text.toUpperCase()];
  const value = other ?? setting.values.find((v) => v.toLowerCase() === text.toLowerCase());
  if (value !== undefined) return { value };
  return {
    code: 'setting_not_a_choice',
    message: `${label} is not one of its allowed values.`,
    remedy: `Allowed: ${allowedValues(setting)}.`,
  };
}

/** Decimal numbers and powers of ten; no hexadecimal, no thousands separators. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(label: string, setting: Setting, text: string): { value: number } | Complaint {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return { value };
  return {
    code: 'setting_not_a_number',
    message: `${label} is not a number.`,
    remedy: `${numberHint(setting, text)}Allowed: ${allowedValues(setting)}.`,
  };
}

function numberHint(setting: Setting, text: string): string {
  if (/^\d+,\d+$/.test(text)) return 'Write a decimal point and no thousands separator. ';
  if (/^\d[\d.]*\s*%$/.test(text) && 'max' in setting && setting.max === 1)
    return 'Write a share: 15 % is 0.15. ';
  if (/^\d[\d.]*\s*[a-z%]/i.test(text)) return 'Write the number alone, without a unit. ';
  if (/^\d[\d_' ]*$/.test(text)) return 'Write the digits without separators. ';
  return '';
}

function numbersOf(label: string, setting: Setting, text: string): { value: number[] } | Complaint {
  const values: number[] = [];
  for (const [index, part] of text.split(',').entries()) {
    const element = `Element ${index + 1} of ${label}`;
    const piece = part.trim();
    if (piece === '') {
      return {
        code: 'setting_not_a_list',
        message: `${element} is empty.`,
        remedy: 'Remove the extra comma or write the missing number.',
      };
    }
    const number = numberOf(element, setting, piece);
    if (isComplaint(number)) return number;
    values.push(number.value);
  }
  return { value: values };
}
