import { isFirst, isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf, weightsBy } from '../shares.ts';

/** Where visitors live. */
export const countries: NewDimension = ({ settings, material }) =>
  sharesOf(
    { name: 'countries', title: 'Countries', of: 'visits' },
    (visit) => (isOrdinary(visit) ? visit.visitor.place.country : null),
    settings.countries === null
      ? weightsBy(
          material.places,
          ({ country }) => country,
          ({ weight }) => weight,
        )
      : weightsBy(
          Object.entries(settings.countries),
          ([code]) => code,
          ([, weight]) => weight,
        ),
    { isDrawn: isFirst },
  );
