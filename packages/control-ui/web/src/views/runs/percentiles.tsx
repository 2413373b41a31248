import type { RunComparison } from '@trafficinator/contract/rest';
import { Section } from '../../parts/section.tsx';
import { percentileCurve } from './percentile-curve.ts';

/** How long answers took in both, from the middle one to the slowest. */
export function Percentiles({ compared }: { readonly compared: RunComparison }) {
  const curve = percentileCurve(compared);
  if (curve === null) return null;
  return (
    <Section title="Answer time by percentile" meta="log scale">
      <svg class="percentiles" viewBox={curve.box} role="img" aria-label={sentenceOf(compared)}>
        {curve.ticks.map(({ y, text }) => (
          <g key={text}>
            <path class="grid" d={`M${curve.left} ${y}H${curve.right}`} />
            <text x={curve.left - 8} y={y + 4} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
        {curve.marks.map(({ x, y, text }) => (
          <text key={text} x={x} y={y} text-anchor="middle">
            {text}
          </text>
        ))}
        {curve.lines.map(({ side, path, dots }) => (
          <g key={side} class={side}>
            <path class="curve" d={path} />
            {dots.map(([x, y]) => (
              <circle key={x} cx={x} cy={y} r="2.5" />
            ))}
          </g>
        ))}
      </svg>
    </Section>
  );
}

function sentenceOf({ numbers }: RunComparison): string {
  const texts = numbers
    .filter(({ path }) => path.startsWith('response_ms.'))
    .map(({ path, a, b }) => `${path.slice('response_ms.'.length)} ${a} and ${b} ms`);
  return `Answer times of A and B: ${texts.join(', ')}`;
}
