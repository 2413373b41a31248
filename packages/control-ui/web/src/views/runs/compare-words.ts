import type { RunComparison } from '@trafficinator/contract/rest';
import { count } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { alike } from './compare-rows.ts';

/** What the comparison comes to, in a sentence. */
export function headline({ numbers }: RunComparison): string {
  const p95 = numbers.find(({ path }) => path === 'response_ms.p95');
  if (p95 === undefined || p95.a === null || p95.b === null) return 'A and B side by side';
  const [from, to] = [count(p95.a), count(p95.b)];
  if (p95.relative !== null && Math.abs(p95.relative) < alike) {
    return `Both answer alike: p95 is ${from} and ${to} ms`;
  }
  const slower = p95.b > p95.a;
  return `B was answered ${slower ? 'slower' : 'faster'}: p95 ${slower ? 'rose' : 'fell'} from ${from} to ${to} ms`;
}

export const lengthSentence = ({ a, b }: RunComparison): string =>
  `A lasted ${spanOf(secondsOf(a))}, B ${spanOf(secondsOf(b))}; counts are of the whole runs.`;

export const settingsSentence = ({ settings }: RunComparison): string => {
  if (settings.length === 0) return 'No setting differs.';
  return `${settings.length} ${settings.length === 1 ? 'setting differs' : 'settings differ'}.`;
};

/** `12 given settings are equal; all others are at their default in both.` */
export function equalSentence({ settings, a, b }: RunComparison): string {
  const names = new Set([...Object.keys(a.settings), ...Object.keys(b.settings)]);
  const equal = names.size - settings.length;
  return `${count(equal)} ${equal === 1 ? 'given setting is' : 'given settings are'} equal; all others are at their default in both.`;
}

function secondsOf(run: RunComparison['a']): number {
  const end = run.ended_at === null ? Date.now() : Date.parse(run.ended_at);
  return (end - Date.parse(run.started_at)) / 1000;
}
