import type { FunnelStatistics } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { type FunnelList, funnelsFile } from '../../api/funnels.ts';
import { percent } from '../../format/percent.ts';
import { saveAs } from '../../format/save-as.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Import } from './import.tsx';
import { hasDraft } from './kept-draft.ts';
import { List, leftOver } from './list.tsx';

/** What can be chosen: the funnels, and the journeys. */
export function Side(props: {
  readonly list: FunnelList;
  readonly statistics: FunnelStatistics | null;
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly chosen: string | null;
  readonly may: boolean;
  readonly onNew: () => void;
  readonly onChanged: () => void;
}) {
  const { list, chosen, may, onChanged } = props;
  const [error, setError] = useState<unknown>(null);
  const on = Number(props.values?.journey_share ?? 0);
  const exportAll = () =>
    funnelsFile().then(
      (all) => saveAs('funnels.json', `${JSON.stringify(all, null, 2)}\n`),
      setError,
    );
  return (
    <>
      <Section
        first
        title="Funnels"
        act={
          may && (
            <button type="button" class="btn quiet" onClick={props.onNew}>
              New…
            </button>
          )
        }
      >
        {chosen !== 'new' && hasDraft('new') && (
          <p class="small">
            <a href="/funnels/new">A new funnel</a> waits to be saved.
          </p>
        )}
        {list.items.length > 0 && (
          <List
            list={list}
            statistics={props.statistics}
            chosen={chosen}
            may={may}
            onChanged={onChanged}
          />
        )}
        <ProblemNote error={error} />
        <p class="row small list-acts">
          {may && <Import names={list.items.map(({ name }) => name)} onDone={onChanged} />}
          {list.items.length > 0 && (
            <button type="button" class="link" onClick={() => void exportAll()}>
              Export all
            </button>
          )}
        </p>
      </Section>
      <Section title="Journeys">
        <ul class="pick">
          <li class={chosen === 'journeys' ? 'sel' : ''}>
            <span />
            <a
              class="strong"
              href="/funnels/journeys"
              aria-current={chosen === 'journeys' ? 'true' : undefined}
            >
              Personas and your own
            </a>
            <span class="sub">
              {on === 0
                ? 'no visit follows one'
                : `${percent(on * leftOver(list.items))} of visits`}
            </span>
          </li>
        </ul>
      </Section>
    </>
  );
}
