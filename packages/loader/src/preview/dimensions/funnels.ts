import { type Funnel, realisedShares } from '@trafficinator/contract';
import { isOrdinary, type NewDimension, type Section } from '../section.ts';
import { shareRow } from '../share-row.ts';
import { sharesOf } from '../shares.ts';

/** Which share of the visits takes a funnel, and how far they come in it. */
export const funnels: NewDimension = ({ material }) => {
  const shares = realisedShares(material.funnels);
  const none = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  const taken = sharesOf(
    { name: 'funnels', title: 'Funnels', of: 'visits' },
    (visit) =>
      shares.length === 0 || !isOrdinary(visit) ? null : (visit.funnel?.name ?? 'no funnel'),
    new Map([
      ...shares.map(({ name, share }) => [name, share] as const),
      ['no funnel', Math.max(0, none)],
    ]),
  );
  const reached = new Map(material.funnels.map(({ name, steps }) => [name, steps.map(() => 0)]));
  return {
    see: (visit) => {
      taken.see(visit);
      const counts = reached.get(visit.funnel?.name ?? '');
      if (counts === undefined) return;
      for (let at = 0; at < (visit.funnel?.steps.length ?? 0); at++) {
        counts[at] = (counts[at] ?? 0) + 1;
      }
    },
    sections: () => [
      ...taken.sections(),
      ...material.funnels.flatMap((funnel) => stepsOf(funnel, reached.get(funnel.name) ?? [])),
    ],
  };
};

/** Whoever begins reaches a step unless dropped off before it. */
function stepsOf({ name, steps }: Funnel, counts: readonly number[]): Section[] {
  const total = counts[0] ?? 0;
  if (total === 0) return [];
  let asked = 1;
  const rows = steps.map(({ type, drop_off }, at) => {
    const row = shareRow(`${at + 1} ${type}`, counts[at] ?? 0, total, asked);
    asked *= 1 - drop_off;
    return row;
  });
  const head = { name: `funnel ${name}`, title: `Funnel “${name}”, steps`, of: 'visits in it' };
  return [{ ...head, total, rows, figures: [] }];
}
