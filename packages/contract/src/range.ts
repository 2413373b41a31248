import type { Setting } from './settings/define.ts';
import { shownNames } from './weights.ts';

/** The allowed values of a setting in words: `1 to 100 pages`, `true or false`, `DEBUG, INFO`. */
export function allowedValues(setting: Setting): string {
  switch (setting.kind) {
    case 'boolean':
      return 'true or false';
    case 'choice':
      return setting.values.join(', ');
    case 'integer':
    case 'number':
      return `${rangeOf(setting.min, setting.max)}${unitOf(setting.unit)}`;
    case 'number_list':
      return `numbers ${rangeOf(setting.min, setting.max)}${unitOf(setting.unit)}, separated by commas`;
    case 'weighted_list':
      return `NAME:${setting.shares ? 'SHARE' : 'WEIGHT'}, separated by commas, of ${shownNames(setting).join(', ')}`;
    case 'text':
      return textFormats[setting.format];
  }
}

const textFormats = {
  plain: 'text',
  url: 'http or https address',
  path: 'path',
  zone: 'IANA zone, for example Europe/Stockholm',
  currency: 'ISO 4217 code, for example SEK',
  date: 'date YYYY-MM-DD',
  instant: 'a moment such as 2026-05-01T12:00:00Z',
  shard: 'k/n with k from 0 and n up to 64',
  targets: 'JSON list',
  weights: 'NAME:WEIGHT, separated by commas',
  campaigns: 'NAME:WEIGHT, separated by commas, or JSON list',
  days: 'DATE:LEVEL, separated by commas',
  return_days: 'DAYS:WEIGHT, separated by commas, for example 1:30,2-7:70',
  secret: 'secret',
};

function unitOf(unit: string | undefined): string {
  if (!unit) return '';
  return unit.startsWith('share') ? ` (${unit})` : ` ${unit}`;
}

const rangeOf = (min: number, max: number): string => `${grouped(min)} to ${grouped(max)}`;

/** `1000000` → `1,000,000`, for people. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
