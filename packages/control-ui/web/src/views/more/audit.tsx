import type { auditAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { useLoaded } from '../../app/loaded.ts';
import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { momentOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Section } from '../../parts/section.tsx';

type Page = z.output<typeof auditAnswer>;
type Entry = Page['items'][number];

const glyphs = {
  done: ['finished', 'accepted'],
  refused: ['rejected', 'rejected'],
  failed: ['failed', 'failed'],
} as const;

/** Who did what, the newest first. */
export function AuditTrail() {
  const cursor = place.value.query.get('cursor');
  const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const { value, error } = useLoaded<Page>(`/api/audit?limit=50${next}`);
  return (
    <Section
      title="Who did what"
      meta={value === null ? undefined : `${count(value.total)} entries, the newest first`}
    >
      <ProblemNote error={error} />
      {value === null ? (
        error === null && <p class="dim">Loading…</p>
      ) : value.items.length === 0 ? (
        <p class="mid">Nothing yet. Starts, stops, edits and refused keys are noted here.</p>
      ) : (
        <>
          <Entries items={value.items} />
          <p class="row acts">
            {cursor !== null && (
              <button type="button" class="btn" onClick={() => setQuery({ cursor: null })}>
                Newest
              </button>
            )}
            {value.next !== null && (
              <button type="button" class="btn" onClick={() => setQuery({ cursor: value.next })}>
                Older
              </button>
            )}
          </p>
        </>
      )}
    </Section>
  );
}

function Entries({ items }: { readonly items: readonly Entry[] }) {
  return (
    <Scroll label="Audit trail">
      <table class="tbl rows">
        <thead>
          <tr>
            <th>When</th>
            <th>Key</th>
            <th>From</th>
            <th>What</th>
            <th>About</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => {
            const [glyph, tone] = glyphs[entry.outcome];
            return (
              <tr key={entry.id}>
                <td class="nowrap mid">{momentOf(entry.at)}</td>
                <td class="break">{entry.actor}</td>
                <td class="mono small mid">{entry.address}</td>
                <td class="nowrap">
                  <Glyph name={glyph} tone={tone} /> {entry.action.replaceAll(/[._]/g, ' ')}
                  {entry.outcome !== 'done' && ` (${entry.outcome})`}
                </td>
                <td class="small mid">
                  {entry.subject} {detailOf(entry.detail)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

const detailOf = (detail: Entry['detail']): string =>
  Object.entries(detail)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `${name.replaceAll('_', ' ')}: ${text}`;
    })
    .join(', ');
