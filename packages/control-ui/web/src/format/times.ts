const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** `16:40:12 CET` in the viewer's zone. */
export const timeOf = (at: string | number): string => clock.format(new Date(at));

/** `Thu 19 Nov, 16:40:12 CET`; today without the day. */
export function momentOf(at: string | number, now_ms = Date.now()): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now_ms).toDateString();
  return isToday ? timeOf(at) : `${day.format(date)}, ${timeOf(at)}`;
}

/** `32 h 28 min`, `7 min 4 s`, `12 s`. */
export function spanOf(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 172_800) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** Texts of the ticks of a time axis (epoch seconds): `16:20`, with seconds where ticks are closer than a minute. */
export function clockOf(splits: readonly number[]): (seconds: number) => string {
  const close = (splits[1] ?? 0) - (splits[0] ?? 0) < 60;
  const days = (splits.at(-1) ?? 0) - (splits[0] ?? 0) > 172_800;
  const format = days ? dayAndMonth : close ? withSeconds : withMinutes;
  return (seconds) => format.format(seconds * 1000);
}

const withMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const withSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The viewer's zone, as the clock above names it. */
export const zoneName = (): string =>
  clock.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';

const dayAndMinutes = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `Thu 19 Nov, 16:40` for columns whose heading names the zone. */
export const momentShort = (at: string | number): string =>
  dayAndMinutes.format(new Date(at)).replace(/^(\w+), /, '$1 ');

/** `16:40`; the zone is said beside it. */
export const clockShort = (at: string | number): string => withMinutes.format(new Date(at));
