interface Tried {
  readonly name: string;
  readonly probability: number;
}

/**
 * The share of visits that each funnel really gets. They are tried in turn, each with its own
 * probability, so a later one gets its probability of what the earlier ones leave.
 */
export function realisedShares(funnels: readonly Tried[]): (Tried & { readonly share: number })[] {
  let left = 1;
  return funnels.map(({ name, probability }) => {
    const share = left * probability;
    left -= share;
    return { name, probability, share };
  });
}
