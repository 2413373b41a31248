import { count } from '../../format/numbers.ts';
import { hitText, sinceText, visitorText } from './hit-text.ts';
import type { PlannedHit, PlannedVisit } from './planned.ts';

/** A planned visit, hit by hit. */
export function Visit(props: {
  readonly visit: PlannedVisit;
  /** How many steps its funnel has; null: it is no visit of a funnel. */
  readonly steps?: number | null;
  readonly currency: string;
  /** Beyond these its hits are counted, not shown. */
  readonly most?: number;
}) {
  const { visit, currency, steps = null, most = Number.POSITIVE_INFINITY } = props;
  const { hits } = visit;
  const reached = Math.max(0, ...hits.map(({ step }) => step ?? 0));
  const left = steps !== null && reached < steps ? `leaves after step ${reached} of ${steps}` : '';
  return (
    <div class="visit">
      <p>
        <b class="strong">Visit {count(visit.visit)}</b>{' '}
        <span class="dim small">
          {visitorText(visit)}
          {visit.journey !== undefined && `, ${visit.journey}`}
          {visit.negative !== undefined && `, negative: Matomo must not record it`}
        </span>{' '}
        {left !== '' && <span class="tag">{left}</span>}
      </p>
      <ol>
        {hits.slice(0, most).map((hit, at) => (
          <li key={at} class={steps !== null && hit.step === undefined ? 'aside' : ''}>
            <span>{sinceText(hits, at)}</span>
            <HitText hit={hit} currency={currency} />
          </li>
        ))}
        {hits.length > most && (
          <li class="aside">
            <span />
            <span>{hits.length - most} more hits</span>
          </li>
        )}
      </ol>
    </div>
  );
}

function HitText(props: { readonly hit: PlannedHit; readonly currency: string }) {
  const text = hitText(props.hit, props.currency);
  const { url } = props.hit.params;
  return (
    <span class="clip" title={url === undefined || url === text ? text : `${text}\n${url}`}>
      {text}
    </span>
  );
}
