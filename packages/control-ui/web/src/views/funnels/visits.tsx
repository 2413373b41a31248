import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Visit } from '../../parts/planned/planned-visit.tsx';
import { Section } from '../../parts/section.tsx';
import { usePlanned } from './planned-visits.ts';

const atOnce = 3;
const mostHits = 14;

const firstVisit = (): number => {
  const from = Number(place.value.query.get('from') ?? '0');
  return Number.isSafeInteger(from) && from >= 0 ? from : 0;
};

/** Three visits as the planner would send them. `asked` goes with the request; null: it has mistakes. */
export function Visits(props: {
  readonly asked: Readonly<Record<string, unknown>> | null;
  /** How many steps the funnel has; null: these are no visits of a funnel. */
  readonly steps: number | null;
  /** The saved settings; null: not known yet. */
  readonly values: Readonly<Record<string, unknown>> | null;
}) {
  const from = firstVisit();
  const body = props.asked === null ? null : { ...props.asked, visits: atOnce, from };
  const { visits, error, old } = usePlanned(body === null ? null : JSON.stringify(body));
  const { values } = props;
  const currency = String(values?.ecommerce_currency ?? '');
  const hits = visits?.reduce((sum, each) => sum + each.hits.length, 0) ?? 0;
  return (
    <Section
      first
      title="Preview"
      meta={`from the planner${values === null ? '' : `, seed ${values.seed ?? 1}`}`}
      act={
        <button
          type="button"
          class="btn quiet"
          disabled={props.asked === null}
          onClick={() => setQuery({ from: String(from + atOnce) })}
        >
          Three others
        </button>
      }
    >
      {props.asked === null && (
        <p class="mid small">Mend the mistakes to see what visits would do.</p>
      )}
      {error !== null && !old && <ProblemNote error={error} />}
      {visits === null && error === null && props.asked !== null && <p class="dim">Planning…</p>}
      {visits !== null && (
        <div class={old ? 'before' : ''} aria-live="polite" aria-busy={old}>
          {visits.map((visit) => (
            <Visit
              key={visit.visit}
              visit={visit}
              steps={props.steps}
              currency={currency}
              most={mostHits}
            />
          ))}
          <p class="small dim visits-foot">{count(hits)} hits. Nothing was sent.</p>
        </div>
      )}
    </Section>
  );
}
