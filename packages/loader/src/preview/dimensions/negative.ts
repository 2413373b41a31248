import { isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

/** Visits that Matomo must not record, by kind. */
export const negative: NewDimension = ({ settings }) => {
  const shares = Object.entries(settings.negative_traffic ?? {}).filter(([, share]) => share > 0);
  const none = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
  return sharesOf(
    { name: 'negative', title: 'Negative traffic', of: 'visits' },
    (visit) => (shares.length === 0 ? null : isOrdinary(visit) ? 'none' : (visit.negative ?? null)),
    new Map([['none', Math.max(0, none)], ...shares]),
  );
};
