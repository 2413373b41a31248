import { place, setQuery } from '../../../app/router.ts';

/** The position of the open step, from 0; null: all are closed. The address has it from 1. */
export function openStep(count: number): number | null {
  const at = Number(place.value.query.get('step') ?? 'none') - 1;
  return Number.isInteger(at) && at >= 0 && at < count ? at : null;
}

export const showStep = (at: number | null): void =>
  setQuery({ step: at === null ? null : String(at + 1) });
