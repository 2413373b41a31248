import { addDays, burstOn, campaignsOf, dayLevels, type Settings } from '@trafficinator/contract';
import { dayVolumes } from '../pace/curve/day-volumes.ts';
import { table } from './day-table.ts';

/** A day as a live run would have it. */
export interface PlannedDay {
  readonly date: string;
  readonly visits: number;
  /** How many times the visits that were asked for. */
  readonly level: number;
  readonly holiday: boolean;
  readonly bursts: readonly { readonly campaign: string; readonly share: number }[];
}

/** The days of a run that begins on the first of them. */
export function plannedDays(
  settings: Settings,
  seed: number,
  first_day: string,
  days: number,
): PlannedDay[] {
  const { target_visits_per_day: asked } = settings;
  const levels = dayLevels(settings, first_day);
  const volumeOn = levels.vary ? dayVolumes(asked, levels, seed) : () => asked;
  const { campaigns } = campaignsOf(settings);
  return Array.from({ length: days }, (_, number) => {
    const date = addDays(first_day, number);
    return {
      date,
      visits: volumeOn(date),
      level: Math.round(levels.levelOn(date) * 1e4) / 1e4,
      holiday: levels.isHoliday(date),
      bursts: campaigns.flatMap((campaign) => {
        const share = burstOn(campaign, date);
        return share === null ? [] : [{ campaign: campaign.name, share }];
      }),
    };
  });
}

/** One line of JSON for each day. */
export const daysAsJson = (days: readonly PlannedDay[]): string =>
  days.map((day) => `${JSON.stringify(day)}\n`).join('');

const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });

/** A table of the days and the sum of their visits. */
export function daysAsText(days: readonly PlannedDay[], { timezone }: Settings): string {
  const rows = days.map(({ date, visits, level, holiday, bursts }) => {
    const notes = [
      weekday.format(new Date(date)),
      ...(holiday ? ['holiday'] : []),
      ...bursts.map(({ campaign, share }) => `${campaign} ${figure.format(share * 100)} %`),
    ];
    const what = `  ${notes.join(', ')}`.padEnd(10);
    return [date, figure.format(visits), `× ${figure.format(level)}`, what];
  });
  const sum = days.reduce((total, { visits }) => total + visits, 0);
  const lines = [
    ...table(['day', 'visits', 'level', '  what    '], rows, '--format jsonl has them all'),
    ...(days.length > 1
      ? [`  ${figure.format(sum)} visits in ${days.length} days of ${timezone}`]
      : []),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
