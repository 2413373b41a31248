import type { Complaint } from './complaint.ts';
import { isComplaint } from './complaint.ts';
import { nearest } from './nearest.ts';
import type { WeightedListSetting, Weights } from './settings/define.ts';

export const heaviest = 1_000_000;

type WeightedList = WeightedListSetting<Weights> | WeightedListSetting<Weights | null>;

/** One element as it was written: its name, and its weight in whatever form. */
type Written = readonly [name: string, weight: unknown];

/** The names of a list as people write them. */
export const shownNames = (setting: WeightedList): string[] =>
  setting.names.map((name) => shownName(setting, name));

const shownName = (setting: WeightedList, name: string): string =>
  setting.shown === 'upper' ? name.toUpperCase() : name;

/** `search:60,social:20`: weights as an environment variable holds them. */
export function weightsText(setting: WeightedList, weights: Weights): string {
  const texts = Object.entries(weights).map(([name, w]) => `${shownName(setting, name)}:${w}`);
  return texts.join(',');
}

/** Weights from `name:weight,name:weight`; a name alone weighs 1. Complaints say which element. */
export function weightsOfText(
  label: string,
  setting: WeightedList,
  text: string,
): { value: Weights } | Complaint {
  const written = namesAndWeights(label, text);
  return isComplaint(written) ? written : checked(label, setting, written.value);
}

/** Weights from an object of JSON; null stands for unset where a list may be. */
export function weightsOfJson(
  label: string,
  setting: WeightedList,
  value: unknown,
): { value: Weights | null } | Complaint {
  if (value === null && setting.optional) return { value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      code: 'setting_not_a_list',
      message: `${label} is not an object with names and weights.`,
      remedy: `Write for example {"${setting.names[0]}": 2, "${setting.names[1]}": 1}.`,
    };
  }
  return checked(label, setting, Object.entries(value));
}

const decimal = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The elements of `name:weight,…`, any names; a weight that is no number stays the text it is. */
export function namesAndWeights(
  label: string,
  text: string,
): { value: readonly Written[] } | Complaint {
  const written: Written[] = [];
  for (const [at, part] of text.split(',').entries()) {
    const [name = '', weight = '', ...more] = part.split(':').map((piece) => piece.trim());
    const hasWeight = part.includes(':');
    if (name === '' || (hasWeight && weight === '') || more.length > 0) {
      return {
        code: 'setting_not_a_list',
        message: `Element ${at + 1} of ${label} is ${part.trim() === '' ? 'empty' : 'not of the form NAME:WEIGHT'}.`,
        remedy: 'Write names with weights, separated by commas, for example first:3,second:1.',
      };
    }
    const number = decimal.test(weight) ? Number(weight) : weight;
    written.push([name, hasWeight ? number : 1]);
  }
  return { value: written };
}

function checked(
  label: string,
  setting: WeightedList,
  written: readonly Written[],
): { value: Weights } | Complaint {
  const weights = new Map<string, number>();
  for (const [at, [given, weight]] of written.entries()) {
    const lower = given.toLowerCase();
    const name = setting.synonyms?.[lower] ?? lower;
    const complaint =
      nameComplaint(label, setting, given, name, at) ??
      (setting.shares ? shareComplaint : weightComplaint)(label, given, weight, at);
    if (complaint !== null) return complaint;
    if (weights.has(name)) return twice(label, shownName(setting, name), at);
    weights.set(name, weight as number);
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  // A sum of decimals may be off by a hair.
  if (setting.shares && sum > 1 + 1e-9) return sharesTooLarge(label, sum);
  const othersCount = (setting.others ?? 0) > 0 && weights.size < setting.names.length;
  if (!setting.shares && !othersCount && sum === 0) return allZero(label);
  // Always in one order, so that the same weights are the same plan however they are written.
  const inOrder = setting.names.flatMap((name) => {
    const weight = weights.get(name);
    return weight === undefined ? [] : [[name, weight] as const];
  });
  return { value: Object.fromEntries(inOrder) };
}

function nameComplaint(
  label: string,
  setting: WeightedList,
  given: string,
  name: string,
  at: number,
): Complaint | null {
  if (setting.names.includes(name)) return null;
  // Any two letters are near some country.
  const meant = name.length > 2 ? nearest(name, setting.names) : null;
  const other = setting.elsewhere?.[name];
  const hint =
    other !== undefined
      ? `Set ${other} instead. `
      : meant === null
        ? ''
        : `Did you mean ${shownName(setting, meant)}? `;
  return {
    code: 'setting_not_a_choice',
    message: `Element ${at + 1} of ${label} (${plain(given)}) is not one of the names there are.`,
    remedy: `${hint}There are ${shownNames(setting).join(', ')}.`,
  };
}

/** What is wrong with the weight of an element; null if nothing. */
export function weightComplaint(
  label: string,
  given: string,
  weight: unknown,
  at: number,
): Complaint | null {
  const subject = `The weight of element ${at + 1} of ${label} (${plain(given)})`;
  if (typeof weight !== 'number') {
    const message = `${subject} is not a number.`;
    const remedy = 'Write a number of 0 or more without a sign or unit; weights are relative.';
    return { code: 'setting_not_a_number', message, remedy };
  }
  if (weight <= heaviest && weight >= 0) return null;
  const message = `${subject} is too ${weight < 0 ? 'small' : 'large'}.`;
  return { code: 'setting_out_of_range', message, remedy: 'Allowed: 0 to 1,000,000.' };
}

/** What is wrong with the share of an element; null if nothing. */
function shareComplaint(
  label: string,
  given: string,
  share: unknown,
  at: number,
): Complaint | null {
  if (typeof share === 'number' && share >= 0 && share <= 1) return null;
  const subject = `The share of element ${at + 1} of ${label} (${plain(given)})`;
  const remedy = 'Write a number from 0 to 1, for example 0.05 for one visit in twenty.';
  return typeof share === 'number'
    ? { code: 'setting_out_of_range', message: `${subject} is not between 0 and 1.`, remedy }
    : { code: 'setting_not_a_number', message: `${subject} is not a number.`, remedy };
}

const sharesTooLarge = (label: string, sum: number): Complaint => ({
  code: 'setting_out_of_range',
  message: `The shares of ${label} come to ${Math.round(sum * 10_000) / 10_000} together.`,
  remedy: 'Lower them: together they may be 1 at most.',
});

const twice = (label: string, name: string, at: number): Complaint => ({
  code: 'list_name_twice',
  message: `Element ${at + 1} of ${label} names ${plain(name)} a second time.`,
  remedy: 'Keep one of the two.',
});

const allZero = (label: string): Complaint => ({
  code: 'list_all_zero',
  message: `${label} has no weight above 0.`,
  remedy: 'Give at least one name a weight above 0.',
});

/** A name as a message may show it: without control characters, not endless. */
const plain = (name: string): string => `“${name.replace(/\p{Cc}/gu, ' ').slice(0, 40)}”`;
