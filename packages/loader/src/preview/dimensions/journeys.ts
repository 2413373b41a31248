import { knownJourneys } from '../../plan/journeys/journeys.ts';
import { isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

/** Which share of the visits that no funnel takes follows each journey. */
export const journeys: NewDimension = ({ settings, material }) => {
  const { journey_share } = settings;
  const known = knownJourneys(material, settings).filter(({ weight }) => weight > 0);
  const sum = known.reduce((total, { weight }) => total + weight, 0);
  const asked = known.map(
    ({ journey, weight }) => [journey.name, (journey_share * weight) / sum] as const,
  );
  return sharesOf(
    { name: 'journeys', title: 'Journeys', of: 'visits without a funnel' },
    (visit) =>
      journey_share === 0 || !isOrdinary(visit) || visit.funnel !== undefined
        ? null
        : (visit.journey ?? 'no journey'),
    new Map([...asked, ['no journey', 1 - journey_share]]),
  );
};
