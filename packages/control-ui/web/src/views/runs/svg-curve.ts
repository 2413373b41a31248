/** One line of a report's graph; null is a gap, undefined a moment of another line only. */
export interface SvgCurve {
  /** Of the report's style: `a`, `b`, `accepted`. */
  readonly kind: string;
  readonly values: readonly (number | null | undefined)[];
}

const [width, height, left, above] = [720, 120, 56, 8];

/**
 * Lines as an SVG of a report: no script, no font, no address. `text`: what stands at a grid line.
 * `log`: a logarithmic scale from 1, e.g. for milliseconds.
 */
export function svgCurves(
  label: string,
  times: readonly number[],
  curves: readonly SvgCurve[],
  text: (value: number) => string,
  log = false,
): string {
  const from = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - from);
  const most = Math.max(1, ...curves.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const ticks = log ? decadesTo(most) : [0, roundUp(most) / 2, roundUp(most)];
  const top = ticks.at(-1) ?? 1;
  const part = (value: number) =>
    log ? Math.log10(Math.max(1, value)) / Math.max(1, Math.log10(top)) : value / top;
  const y = (value: number) => (height - part(value) * (height - above)).toFixed(1);
  const x = (time: number) => (left + ((time - from) / span) * (width - left)).toFixed(1);
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M${left} ${y(tick)}H${width}"/><text x="${left - 8}" y="${y(tick)}" dy="4" text-anchor="end">${text(tick)}</text>`,
  );
  const lines = curves.map(({ kind, values }) => {
    let path = '';
    let isDrawing = false;
    for (const [index, value] of values.entries()) {
      if (value === undefined) continue;
      if (value !== null) {
        path += `${isDrawing ? 'L' : 'M'}${x(times[index] ?? from)} ${y(value)}`;
      }
      isDrawing = value !== null;
    }
    return `<path class="curve ${kind}" d="${path}"/>`;
  });
  return `<svg viewBox="0 0 ${width} ${height + 8}" role="img" aria-label="${label}">${grid.join('')}${lines.join('')}</svg>`;
}

/** 1, 10, 100, … up to the first that is not below. */
function decadesTo(most: number): number[] {
  const ticks = [1];
  for (let tick = 10; (ticks.at(-1) ?? 1) < most; tick *= 10) ticks.push(tick);
  return ticks.length === 1 ? [1, 10] : ticks;
}

/** The next of 1, 2, 5 of its decade. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * decade >= value) ?? 10) * decade;
}
