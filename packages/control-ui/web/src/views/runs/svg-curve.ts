/** A curve as an SVG of a report: no script, no font, no address. `values`: null is a gap. */
export function svgCurve(
  times: readonly number[],
  values: readonly (number | null)[],
  colour: string,
): string {
  const [width, height] = [720, 110];
  const from = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - from);
  const top = Math.max(1, ...values.map((value) => value ?? 0)) * 1.1;
  let path = '';
  let isDrawing = false;
  for (const [index, value] of values.entries()) {
    if (value === null) isDrawing = false;
    else {
      const x = (((times[index] ?? from) - from) / span) * width;
      const y = height - (value / top) * height;
      path += `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDrawing = true;
    }
  }
  return `<svg viewBox="0 0 ${width} ${height}" role="img"><path d="M0 ${height}H${width}" stroke="#bbb"/><path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/></svg>`;
}
