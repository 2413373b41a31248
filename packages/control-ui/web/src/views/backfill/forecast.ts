import type { BackfillPlan } from '@trafficinator/contract';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../api/client.ts';

/** What a backfill would send, over all its targets. */
export interface Forecast {
  readonly timezone: string;
  readonly days: number;
  readonly visits: number;
  readonly hits: number;
  readonly requests: number;
  readonly bytes: number;
  readonly bulk_size: number | null;
  readonly lanes: number;
  readonly seed: number;
  readonly targets: number;
}

export interface Forecasting {
  readonly forecast: Forecast | null;
  readonly error: unknown;
  readonly asking: boolean;
}

type Answer = BackfillPlan | { readonly targets: readonly { readonly plan: BackfillPlan }[] };
/** One who types is not asked about every letter. */
const pause_ms = 500;

/** The loader's own forecast for a form, asked again when it has changed and rested. */
export function useForecast(config: Readonly<Record<string, unknown>>): Forecasting {
  const text = JSON.stringify(config);
  const [found, setFound] = useState<Forecasting>({ forecast: null, error: null, asking: true });
  useEffect(() => {
    const ended = new AbortController();
    setFound((before) => ({ ...before, asking: true }));
    const timer = setTimeout(async () => {
      try {
        const body = { config: JSON.parse(text) };
        const { value } = await ask<Answer>('POST', '/api/backfill/forecast', {
          body,
          signal: ended.signal,
        });
        setFound({ forecast: summed(value), error: null, asking: false });
      } catch (error) {
        if (!ended.signal.aborted) setFound({ forecast: null, error, asking: false });
      }
    }, pause_ms);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [text]);
  return found;
}

function summed(answer: Answer): Forecast | null {
  const plans = 'targets' in answer ? answer.targets.map(({ plan }) => plan) : [answer];
  const [first] = plans;
  if (first === undefined) return null;
  const sum = (of: 'visits' | 'hits' | 'requests' | 'bytes') =>
    plans.reduce((all, plan) => all + plan[of], 0);
  const { timezone, bulk_size, lanes, seed, window } = first;
  return {
    timezone,
    bulk_size,
    lanes,
    seed,
    days: window.days,
    visits: sum('visits'),
    hits: sum('hits'),
    requests: sum('requests'),
    bytes: sum('bytes'),
    targets: plans.length,
  };
}
