import { realisedShares } from '@trafficinator/contract/funnel-shares';
import type { FunnelStatistics } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import {
  type FunnelItem,
  type FunnelList,
  funnelOf,
  orderFunnels,
  switchFunnel,
} from '../../api/funnels.ts';
import { count, share } from '../../format/numbers.ts';
import { percent } from '../../format/percent.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { useSortable } from '../../parts/sortable.ts';
import { editing, isChanged, settle } from './editing.ts';
import { hasDraft } from './kept-draft.ts';

/** Funnels in the order in which they are tried, each with a switch. */
export function List(props: {
  readonly list: FunnelList;
  readonly statistics: FunnelStatistics | null;
  /** `new`, or a funnel's number. */
  readonly chosen: string | null;
  readonly may: boolean;
  readonly onChanged: () => void;
}) {
  const { list, may, onChanged } = props;
  const { items } = list;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await what();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
      onChanged();
    }
  };
  const move = (from: number, to: number) =>
    void act(async () => {
      const ids = items.map(({ id }) => id);
      const moved = ids[from] as number;
      await orderFunnels(ids.toSpliced(from, 1).toSpliced(to, 0, moved), list.etag);
      const row = editing.value?.row;
      if (row) settle(await funnelOf(row.id));
    });
  const { list: ref, row, grip, told } = useSortable(items.length, may && !busy ? move : null);
  return (
    <>
      <ProblemNote error={error} />
      <ul
        class="pick sort"
        aria-label="Funnels in the order in which they are tried"
        ref={(element) => {
          ref.current = element;
        }}
      >
        {items.map((item, at) => {
          const { class: moving, onKeyDown } = row(at);
          const isChosen = props.chosen === String(item.id);
          return (
            <li key={item.id} class={`${isChosen ? 'sel' : ''} ${moving}`} onKeyDown={onKeyDown}>
              <input
                class="switch"
                type="checkbox"
                role="switch"
                aria-label={`Use ${item.name}`}
                aria-checked={item.enabled}
                checked={item.enabled}
                disabled={!may || busy}
                onChange={({ currentTarget }) => {
                  const on = currentTarget.checked;
                  void act(async () => settle(await switchFunnel(item, on)));
                }}
              />
              <a
                class="strong clip"
                href={`/funnels/${item.id}`}
                aria-current={isChosen ? 'true' : undefined}
              >
                {item.name}
              </a>
              {may ? (
                <button
                  class="grip"
                  type="button"
                  aria-label={`Move ${item.name}: drag, or Alt and arrow keys`}
                  {...grip(at)}
                >
                  <Glyph name="grip" />
                </button>
              ) : (
                <span />
              )}
              <span class="sub">
                {shareText(items, item)}, {item.step_count}{' '}
                {item.step_count === 1 ? 'step' : 'steps'}
                {item.problems.length > 0 && <span class="tag bad">cannot be used</span>}
                {waits(item, isChosen) && <span class="tag changed">not saved</span>}
                <Ran statistics={props.statistics} name={item.name} />
              </span>
            </li>
          );
        })}
      </ul>
      <p class="sr" role="status">
        {told !== '' && `Funnel ${told}`}
      </p>
      <p class="small dim left-over">
        {leftText(items)}
        {(props.statistics?.items.length ?? 0) > 0 &&
          ' Begun and completed: in the newest run that had each.'}
      </p>
    </>
  );
}

const waits = ({ id }: FunnelItem, isChosen: boolean): boolean =>
  isChosen && editing.value !== null ? isChanged.value : hasDraft(String(id));

function Ran({ statistics, name }: { statistics: FunnelStatistics | null; name: string }) {
  const found = statistics?.items.find((each) => each.name === name);
  if (found === undefined) return null;
  return (
    <span class="ran">
      {count(found.starts)} begun, {share(found.completions, found.starts)} completed
    </span>
  );
}

/** What it gets of all visits, after those before it. */
function shareText(items: readonly FunnelItem[], item: FunnelItem): string {
  if (item.share !== null) return `${percent(item.share)} of visits`;
  const tried = items.filter(({ enabled, id }) => enabled || id === item.id);
  const would = realisedShares(tried)[tried.indexOf(item)]?.share ?? 0;
  return `off, would take ${percent(would)}`;
}

/** The share of all visits that no funnel takes. */
export const leftOver = (items: readonly FunnelItem[]): number =>
  Math.max(0, 1 - items.reduce((sum, item) => sum + (item.share ?? 0), 0));

function leftText(items: readonly FunnelItem[]): string {
  const left = leftOver(items);
  return left === 1
    ? 'No visit follows a funnel: all browse on their own.'
    : `${percent(left)} of visits follow no funnel. Funnels are tried from the top, each with its own probability.`;
}
