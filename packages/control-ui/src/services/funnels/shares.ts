import { realisedShares } from '@trafficinator/contract';
import type { StoredFunnel } from '../../ports/store/material.ts';

/** The share of all visits that each funnel that is switched on really gets, by id. */
export function sharesOf(rows: readonly StoredFunnel[]): ReadonlyMap<number, number> {
  const tried = rows.filter(({ enabled }) => enabled);
  const shares = realisedShares(
    tried.map(({ name, funnel }) => ({ name, probability: Number(funnel.probability ?? 0) })),
  );
  return new Map(tried.map(({ id }, at) => [id, shares[at]?.share ?? 0]));
}
