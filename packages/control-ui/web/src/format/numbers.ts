const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const two = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const three = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
});

/** `12,345` */
export const count = (value: number): string => whole.format(value).replace('-', '−');
/** `4.70`: rates have two decimals. */
export const rate = (value: number): string => two.format(value).replace('-', '−');
/** `99.742 %` of a part; nothing of nothing is 0. */
export const share = (part: number, all: number): string =>
  `${three.format(all === 0 ? 0 : (100 * part) / all)} %`;

/** `38 ms`, `1.2 s` as number and unit. */
export function millis(value: number): readonly [string, string] {
  if (value >= 10_000) return [two.format(value / 1000), 's'];
  return [whole.format(value), 'ms'];
}

/** `71 MiB` as number and unit. */
export const mebibytes = (bytes: number): readonly [string, string] => [
  whole.format(bytes / 1_048_576),
  'MiB',
];
