import { count } from '../format/numbers.ts';
import { Glyph } from './glyph.tsx';
import { Section } from './section.tsx';

/** How many hits ended so, and why. */
export interface Reason {
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
  readonly example?: string | null;
}

/** Why hits were not accepted. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <Section title="Reasons" meta="of hits that were not accepted, and of answers">
      <table class="tbl">
        <thead>
          <tr>
            <th>Outcome</th>
            <th>Reason</th>
            <th class="num">Hits</th>
            <th>Example</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((each) => (
            <tr key={`${each.outcome} ${each.reason}`}>
              <td class="nowrap">
                <Glyph name={each.outcome} tone={each.outcome} /> {each.outcome}
              </td>
              <td>{each.reason.replaceAll('_', ' ')}</td>
              <td class="num">{count(each.count)}</td>
              <td class="mid break">{each.example ?? <span class="dim">none kept</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
