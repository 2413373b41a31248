import { signal } from '@preact/signals';
import type { JourneysFile } from '@trafficinator/contract';
import type { JourneyStatistics, OperationResult } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { ask } from '../../../api/client.ts';
import { percent } from '../../../format/percent.ts';
import { Glyph } from '../../../parts/glyph.tsx';
import { ProblemNote } from '../../../parts/note.tsx';
import { Section } from '../../../parts/section.tsx';
import { toast } from '../../../parts/toast.tsx';
import type { SavedSettings } from '../saved-settings.ts';
import { ValueField } from '../value-field.tsx';
import { journeys } from './journeys-draft.ts';
import { journeysText, type Row, rowsOf, weightMistake } from './rows.ts';
import { ShareTable } from './share-table.tsx';

interface Edits {
  readonly share?: unknown;
  readonly weights: Readonly<Record<string, unknown>>;
}

const none: Edits = { weights: {} };
const edits = signal<Edits>(none);

/** How visits on journeys divide. `left`: the share of all visits that no funnel takes. */
export function Shares(props: {
  readonly settings: SavedSettings;
  readonly file: JourneysFile | null;
  readonly statistics: JourneyStatistics | null;
  readonly left: number;
  readonly may: boolean;
  readonly onSaved: () => void;
}) {
  const { settings, file, left, may } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { values } = settings;
  const now = edits.value;
  const saved = rowsOf(String(values.journeys ?? ''), file);
  const typed = (row: Row): unknown =>
    row.name in now.weights ? now.weights[row.name] : row.weight;
  const share = 'share' in now ? now.share : values.journey_share;
  const isShare = typeof share === 'number' && share >= 0 && share <= 1;
  const wrong = saved.flatMap((row) => weightMistake(row.name, typed(row)) ?? []);
  const rows = saved.map((row) => ({ ...row, weight: Number(typed(row)) || 0 }));
  const noneLeft = isShare && share > 0 && rows.every(({ weight }) => weight === 0);
  if (noneLeft) wrong.push('At least one journey needs a weight above 0.');
  const changed = share !== values.journey_share || saved.some((row) => typed(row) !== row.weight);
  const store = async () => {
    setBusy(true);
    setError(null);
    try {
      const journeys = journeysText(String(values.journeys ?? ''), now.weights);
      const { value } = await ask<OperationResult>('POST', '/api/config/apply', {
        body: { config: { journey_share: share, journeys }, restart: false },
        if_match: settings.etag,
      });
      edits.value = none;
      toast(value.message);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
      props.onSaved();
    }
  };
  return (
    <Section
      first
      title="How visits divide"
      meta={changed && <span class="tag changed">not saved</span>}
      act={
        may && (
          <>
            {changed && (
              <button
                type="button"
                class="btn quiet"
                onClick={() => {
                  edits.value = none;
                }}
              >
                Discard
              </button>
            )}
            <button
              type="button"
              class="btn"
              disabled={busy || !changed || !isShare || wrong.length > 0 || journeys.dirty.value}
              onClick={() => void store()}
            >
              {busy ? 'Saving…' : 'Save the shares'}
            </button>
          </>
        )
      }
    >
      <div class="funnel-head">
        <ValueField
          label="Visits on a journey"
          name="journey_share"
          numeric
          unit="share"
          wide
          value={share}
          mistakes={isShare ? [] : ['must be a number from 0 to 1']}
          hint={
            share === 0
              ? 'No visit follows a journey.'
              : `= ${percent(Number(share))} of the visits without a funnel, ${percent(Number(share) * left)} of all visits`
          }
          readOnly={!may}
          onChange={(value) => {
            edits.value = { ...edits.value, share: value };
          }}
        />
      </div>
      <ShareTable
        rows={rows}
        typed={typed}
        ofAll={isShare ? share * left : 0}
        statistics={props.statistics}
        readOnly={!may}
        onWeight={(name, weight) => {
          const weights = { ...edits.value.weights, [name]: weight };
          edits.value = { ...edits.value, weights };
        }}
      />
      {wrong.length > 0 && (
        <ul class="list-err" aria-label="Mistakes in the weights">
          {wrong.map((text) => (
            <li key={text}>
              <Glyph name="failed" tone="failed" />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {changed && journeys.dirty.value && (
        <p class="small mid bars-foot">
          Save the journeys first: a loader refuses weights of journeys that it does not know.
        </p>
      )}
      <ProblemNote error={error} />
    </Section>
  );
}
