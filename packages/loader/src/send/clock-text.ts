/** Times as queries say them, from tables: every hit says the time once or twice. */

const minute_ms = 60_000;
const day_ms = 86_400_000;
const minutes = Array.from({ length: 24 * 60 }, (_, n) => n);
const seconds = Array.from({ length: 60 }, (_, n) => n);
const two = (n: number): string => String(n).padStart(2, '0');

const clockMinutes = minutes.map((n) => ['&h=', Math.floor(n / 60), '&m=', n % 60, '&s='].join(''));
const cdtMinutes = minutes.map((n) =>
  ['%20', two(Math.floor(n / 60)), '%3A', two(n % 60), '%3A'].join(''),
);
const twoDigits = seconds.map(two);

/** A clock's time as Matomo's `h`, `m` and `s`; `second` since midnight, 0 to 86399. */
export function clockPart(second: number): string {
  return `${clockMinutes[Math.floor(second / 60)]}${second % 60}`;
}

let dateDay = Number.NaN;
let dateText = '';

/** `cdt` as Matomo reads it best: `Y-m-d H:i:s` in UTC, whole seconds, percent-encoded. */
export function cdt(at_ms: number): string {
  const day = Math.floor(at_ms / day_ms);
  const ofDay_ms = at_ms - day * day_ms;
  const minute = Math.floor(ofDay_ms / minute_ms);
  const second = Math.floor(ofDay_ms / 1000) % 60;
  return dateOf(day) + cdtMinutes[minute] + twoDigits[second];
}

/** The date of a day since 1970; hits of the same day mostly come together. */
function dateOf(day: number): string {
  if (day !== dateDay) {
    dateText = new Date(day * day_ms).toISOString().slice(0, 10);
    dateDay = day;
  }
  return dateText;
}
