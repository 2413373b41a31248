import { count, share } from '../format/numbers.ts';
import { Glyph } from './glyph.tsx';

/** Hits by outcome, in the order of the account. */
export const outcomes = ['accepted', 'rejected', 'failed', 'unknown', 'dropped'] as const;
export type OutcomeName = (typeof outcomes)[number];

const words: Readonly<Record<OutcomeName, string>> = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  failed: 'Failed',
  unknown: 'Unknown',
  dropped: 'Dropped',
};
const senses: Readonly<Record<OutcomeName, string>> = {
  accepted: 'Matomo said yes',
  rejected: 'Matomo refused it',
  failed: 'surely not recorded',
  unknown: 'may be recorded; reconcile settles it',
  dropped: 'never sent',
};

export interface LedgerNumbers extends Readonly<Record<OutcomeName, number>> {
  readonly planned: number;
  readonly pending: number;
}

/**
 * planned = accepted + rejected + failed + unknown + dropped. The double rule below the total says “checked, adds
 * up”: it is drawn only when it does.
 */
export function Ledger(props: {
  readonly hits: LedgerNumbers;
  /** Below the total. */
  readonly about: string;
  /** The commonest reason of each outcome. */
  readonly reasons?: Readonly<Partial<Record<OutcomeName, string>>>;
}) {
  const { hits, reasons = {} } = props;
  const settled = outcomes.reduce((sum, name) => sum + hits[name], 0);
  const off = hits.planned - hits.pending - settled;
  const missed = settled - hits.accepted;
  const nothing = hits.planned === 0;
  return (
    <>
      <dl class="ledger" aria-label="Hits: planned is the sum of the five outcomes">
        <div class={`total ${nothing || off !== 0 ? 'zero' : ''}`}>
          <dt>Planned</dt>
          <dd>
            <span class="fig">
              {count(hits.planned)} <span class="u">hits</span>
            </span>
            <p class="why">
              {props.about}
              {hits.pending > 0 && ` ${count(hits.pending)} hits in flight, counted when settled.`}
              {off !== 0 && ` The outcomes are off by ${count(off)}.`}
            </p>
          </dd>
        </div>
        {outcomes.map((name, at) => (
          <div key={name} class={hits[name] === 0 ? 'zero' : ''}>
            <span class="op" aria-hidden="true">
              {at === 0 ? '=' : '+'}
            </span>
            <dt>
              <Glyph name={name} tone={name} />
              {words[name]}
            </dt>
            <dd>
              <span class="fig">
                {count(hits[name])}{' '}
                <span class="u">{share(hits[name], hits.planned - hits.pending)}</span>
              </span>
              <p class="why">{reasons[name] ?? senses[name]}</p>
            </dd>
          </div>
        ))}
      </dl>
      {missed > 0 && (
        <>
          <div class="split" aria-hidden="true">
            {outcomes
              .slice(1)
              .map((name) =>
                hits[name] === 0 ? null : (
                  <i key={name} class={`f-${name}`} style={{ flex: String(hits[name]) }} />
                ),
              )}
          </div>
          <p class="small dim">
            {count(missed)} hits ({share(missed, settled)}) were not accepted. The bar shows only
            these.
          </p>
        </>
      )}
    </>
  );
}
