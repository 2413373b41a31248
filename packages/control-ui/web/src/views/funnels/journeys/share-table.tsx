import type { JourneyStatistics } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { count } from '../../../format/numbers.ts';
import { percent } from '../../../format/percent.ts';
import { momentOf } from '../../../format/times.ts';
import { type Row, weightMistake } from './rows.ts';

/** Each journey's weight and share, and how many visits followed it in a real run. */
export function ShareTable(props: {
  readonly rows: readonly Row[];
  /** The weight as somebody types it. */
  readonly typed: (row: Row) => unknown;
  /** The share of all visits that follows a journey. */
  readonly ofAll: number;
  readonly statistics: JourneyStatistics | null;
  readonly readOnly: boolean;
  readonly onWeight: (name: string, weight: unknown) => void;
}) {
  const { rows, statistics } = props;
  const sum = rows.reduce((total, { weight }) => total + weight, 0);
  const ran = statistics?.items ?? [];
  const run = ran[0]?.run;
  return (
    <>
      <table class="tbl shares">
        <thead>
          <tr>
            <th scope="col">Journey</th>
            <th scope="col" class="num">
              Weight
            </th>
            <th scope="col" class="num">
              Of all visits
            </th>
            {ran.length > 0 && (
              <th scope="col" class="num">
                Followed it
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { name, about, weight } = row;
            const part = sum === 0 ? 0 : weight / sum;
            const told = ran.find((each) => each.name === name);
            return (
              <tr key={name}>
                <td>
                  <span class="strong">{name}</span>
                  <br />
                  <span class="small mid">
                    {about} <span class="nowrap">{percent(part)}</span> of visits on journeys.
                  </span>
                </td>
                <td class="num">
                  <Weight
                    name={name}
                    value={props.typed(row)}
                    readOnly={props.readOnly}
                    onChange={(value) => props.onWeight(name, value)}
                  />
                </td>
                <td class="num">{percent(part * props.ofAll)}</td>
                {ran.length > 0 && <td class="num">{count(told?.starts ?? 0)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      {run !== undefined && (
        <p class="small dim bars-foot">
          Followed it: visits of which Matomo accepted the first hit, in{' '}
          <a href={`/runs/${run.id}`}>{run.name ?? run.id}</a>, begun {momentOf(run.started_at)}
          {run.ended_at === null && ', under way'}
          {ran.some((each) => each.run.id !== run.id) && ', or an earlier run'}.
        </p>
      )}
    </>
  );
}

function Weight(props: {
  readonly name: string;
  readonly value: unknown;
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  if (props.readOnly) return <>{String(props.value ?? '')}</>;
  return (
    <input
      class="in n"
      aria-label={`Weight of ${props.name}`}
      inputMode="decimal"
      autocomplete="off"
      value={typed ?? String(props.value ?? '')}
      aria-invalid={weightMistake(props.name, props.value) !== null}
      onInput={({ currentTarget: { value } }) => {
        setTyped(value);
        const number = Number(value);
        props.onChange(value.trim() === '' ? null : Number.isFinite(number) ? number : value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
