/** A moment as the engine writes it, to the nanosecond: `2026-05-01T12:00:00.123456789Z`. */
export interface Moment {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** null: the text is no moment. */
export function readMoment(text: string): Moment | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (found === null) return null;
  const [, whole = '', fraction = '', zone = ''] = found;
  const ms = Date.parse(`${whole}${zone}`);
  if (Number.isNaN(ms)) return null;
  return { seconds: ms / 1000, nanoseconds: Number(fraction.padEnd(9, '0')) };
}

export const momentOfMs = (ms: number): Moment => ({
  seconds: Math.floor(ms / 1000),
  nanoseconds: (ms % 1000) * 1_000_000,
});

export const msOf = ({ seconds, nanoseconds }: Moment): number =>
  seconds * 1000 + Math.floor(nanoseconds / 1_000_000);

/** The next moment there is: what is asked for from then on is new. */
export const after = ({ seconds, nanoseconds }: Moment): Moment =>
  nanoseconds === 999_999_999
    ? { seconds: seconds + 1, nanoseconds: 0 }
    : { seconds, nanoseconds: nanoseconds + 1 };

/** As the engine takes it in `since`; no JavaScript number has so many digits. */
export const written = ({ seconds, nanoseconds }: Moment): string =>
  `${seconds}.${String(nanoseconds).padStart(9, '0')}`;
