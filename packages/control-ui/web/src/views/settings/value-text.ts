import {
  isComplaint,
  type SettingName,
  settingList,
  textOfValue,
  valueOfText,
} from '@trafficinator/contract';
import { count } from '../../format/numbers.ts';
import type { Described } from './described.ts';

const longest = 60;

/** A value as an input shows it. */
export const inputText = ({ name }: Described, value: unknown): string =>
  Object.hasOwn(settingList, name)
    ? textOfValue(name as SettingName, value)
    : value === null
      ? ''
      : String(value);

/** What was typed as a value; nothing is null. A text that is no value stays one, and is judged as such. */
export function typedValue({ name }: Described, text: string): unknown {
  if (text.trim() === '') return null;
  if (!Object.hasOwn(settingList, name)) return text;
  const read = valueOfText(name as SettingName, text);
  return isComplaint(read) ? text : read.value;
}

/** A value as a sentence or a table shows it: with its unit, short, secrets never. */
export function shownValue(setting: Described, value: unknown): string {
  if (setting.secret) return value === null ? 'none' : 'kept secret';
  if (value === null) return 'unset';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return `${numberText(setting, value)}${unitText(setting)}`;
  const text = inputText(setting, value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const numberText = ({ name }: Described, value: number): string =>
  Number.isInteger(value) && !/^seed$|_id$/.test(name) ? count(value) : String(value);

const unitText = (setting: Described): string => {
  const unit = 'unit' in setting ? setting.unit : undefined;
  return unit === undefined || unit.startsWith('share') ? '' : ` ${unit}`;
};
