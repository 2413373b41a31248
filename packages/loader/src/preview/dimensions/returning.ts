import { isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

/**
 * Who was there before. Of the first half day nobody can have been, so a short plan shows less of them than asked.
 */
export const returning: NewDimension = ({ settings }) => {
  const share = settings.returning_visitor_share;
  return sharesOf(
    {
      name: 'returning',
      title: `Returning visitors, asked ${percent(share)} after the first half day`,
      of: 'visits that Matomo records',
    },
    (visit) => {
      if (share === 0 || !isOrdinary(visit)) return null;
      return visit.visitor.came_before ? 'returning' : 'new';
    },
    new Map(),
    { judged: false },
  );
};

/** Whose visits carry a user id: a share of the visitors, of whom some come more often than others. */
export const users: NewDimension = ({ settings }) =>
  sharesOf(
    {
      name: 'users',
      title: `User ids, asked of ${percent(settings.user_id_share)} of the visitors`,
      of: 'visits that Matomo records',
    },
    (visit) => {
      if (settings.user_id_share === 0 || !isOrdinary(visit)) return null;
      return visit.visitor.user_id === null ? 'without' : 'with a user id';
    },
    new Map(),
    { judged: false },
  );

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
