import * as z from 'zod/mini';
import { amount } from './forms.ts';

const date = z.iso.date({ error: 'must be a date such as 2026-11-27' });

/** Days, both included, on which a campaign has a share of all visits. */
export const burstSchema = z.strictObject({
  from: date,
  to: date,
  /** Of all visits, those without a campaign and without a referrer too. */
  share: amount(0, 1),
});
type Burst = z.output<typeof burstSchema>;

interface Bursting {
  readonly name: string;
  readonly bursts: readonly Burst[];
}

export const hasBursts = ({ bursts }: Bursting): boolean => bursts.length > 0;

/** The share of all visits that a campaign takes on a site's day `YYYY-MM-DD`; null: its usual one. */
export const burstOn = ({ bursts }: Bursting, day: string): number | null =>
  bursts.find(({ from, to }) => from <= day && day <= to)?.share ?? null;

/** What is wrong with the bursts of campaigns beyond their form; `at`: place in the list, `0.bursts.1`. */
export function burstMistakes(
  campaigns: readonly Bursting[],
): { readonly at: string; readonly text: string }[] {
  return campaigns.flatMap((campaign, nth) =>
    campaign.bursts.flatMap((burst, position) => {
      const at = `${nth}.bursts.${position}`;
      const { from, to } = burst;
      if (to < from) return [{ at, text: `ends (${to}) before it begins (${from})` }];
      const overlaps = campaign.bursts
        .slice(0, position)
        .some((other) => other.from <= to && from <= other.to);
      if (overlaps) return [{ at, text: 'has days that another burst of this campaign has too' }];
      // The sum changes only where a burst begins.
      const sum = campaigns.reduce((total, each) => total + (burstOn(each, from) ?? 0), 0);
      if (sum <= 1 + 1e-9) return [];
      const share = Math.round(sum * 1e4) / 1e4;
      return [{ at, text: `makes the bursts of ${from} take ${share} of all visits, more than 1` }];
    }),
  );
}
