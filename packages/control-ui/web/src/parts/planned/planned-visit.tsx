import { count } from '../../format/numbers.ts';
import { afterText, hitText, type PlannedVisit, visitorText } from './planned.ts';

/** A planned visit, hit by hit. */
export function Visit({ visit }: { readonly visit: PlannedVisit }) {
  const { hits } = visit;
  return (
    <div class="visit">
      <p>
        <b class="strong">Visit {count(visit.visit)}</b>{' '}
        <span class="dim small">{visitorText(visit)}</span>
      </p>
      <ol>
        {hits.map((hit, at) => (
          <li key={at}>
            <span>{afterText(hits, at)}</span>
            <span class="clip" title={hit.params.url}>
              {hitText(hit)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
