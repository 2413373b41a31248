import type { TargetItem } from '@trafficinator/contract/rest';
import { status } from '../../api/live.ts';
import { count } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { outcomes } from '../../parts/ledger.tsx';
import { Section } from '../../parts/section.tsx';
import { settledOf, sumsOf } from './numbers.ts';

const words = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  failed: 'Failed',
  unknown: 'Unknown',
  dropped: 'Dropped',
} as const;
const healths = {
  healthy: 'It answers.',
  unreachable: 'It does not answer; it is tried again by itself.',
  refused: 'It refused the first hits and gets nothing more in this run.',
} as const;

/** The chosen target's part of the run: its account, and why hits were not accepted. */
export function Detail({ target }: { readonly target: TargetItem }) {
  const sums = sumsOf(status.value, target.name);
  if (sums === null) {
    return (
      <Section first title={target.name}>
        <p class="mid">No numbers are known: they come while a loader runs.</p>
      </Section>
    );
  }
  const pending = sums.planned - settledOf(sums);
  const runs = status.value?.loaders.some(({ process }) => process === 'running') === true;
  const closed = pending === 0 || (pending > 0 && runs) ? 'closed' : '';
  const reasons = sums.reasons.toSorted((a, b) => b.count - a.count).slice(0, 5);
  return (
    <>
      <Section first title={target.name} meta="this run, or the last one">
        <p class="mid">{healths[sums.health]}</p>
        <dl class="kv small account">
          {outcomes.map((name) => (
            <Line key={name} name={name} value={sums[name]} />
          ))}
          {pending > 0 && (
            <>
              <dt>{runs ? 'In flight' : 'Without outcome'}</dt>
              <dd>
                {count(pending)} <span class="u">hits</span>
              </dd>
            </>
          )}
          <dt class={`strong ${closed}`}>Planned</dt>
          <dd class={`strong ${closed}`}>
            {count(sums.planned)} <span class="u">hits</span>
          </dd>
        </dl>
      </Section>
      {reasons.length > 0 && (
        <Section title="Why not accepted">
          <ul class="diff small">
            {reasons.map(({ outcome, reason, count: hits, example }) => (
              <li key={`${outcome} ${reason}`}>
                <span>
                  <Glyph name={outcome} tone={outcome} /> {reason.replaceAll('_', ' ')}
                </span>
                <span>{count(hits)}</span>
                {example !== null && <span class="v dim brk">{example}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Line({ name, value }: { readonly name: keyof typeof words; readonly value: number }) {
  return (
    <>
      <dt>
        <Glyph name={name} tone={name} /> {words[name]}
      </dt>
      <dd>
        {count(value)} <span class="u">hits</span>
      </dd>
    </>
  );
}
