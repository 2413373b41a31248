import type { Row } from './section.ts';

/** What chance does not do: one sound plan in some 16,000 rows. */
const tolerated_sigmas = 4;

/**
 * A count beside the share that was asked for, judged as draws with that probability. `tolerated`: the
 * relative difference that counts as none, however many draws there are.
 */
export function shareRow(
  name: string,
  count: number,
  total: number,
  asked: number | null,
  tolerated = 0,
): Row {
  if (total === 0) return { name, count, planned: null, asked, sigmas: null, off: false };
  const planned = count / total;
  if (asked === null) return { name, count, planned, asked, sigmas: null, off: false };
  const difference = Math.abs(count - total * asked);
  const spread = Math.sqrt(total * asked * (1 - asked));
  const sigmas = spread > 0 ? difference / spread : null;
  const isFar = sigmas === null ? difference > 0.5 : sigmas > tolerated_sigmas;
  return {
    name,
    count,
    planned,
    asked,
    sigmas,
    off: isFar && difference > tolerated * total * asked,
  };
}
