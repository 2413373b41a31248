import { isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf, weightsBy } from '../shares.ts';

/** Which search engine visits come from. */
export const engines: NewDimension = ({ settings, material }) => {
  const { search } = material.referrers;
  const byUrl = new Map(search.map(({ url, engine }) => [url.raw, engine]));
  const chosen = settings.search_engines;
  const asked =
    chosen === null
      ? weightsBy(
          search,
          ({ engine }) => engine,
          ({ weight }) => weight,
        )
      : weightsBy(
          Object.entries(chosen),
          ([name]) => name,
          ([, weight]) => weight,
        );
  return sharesOf(
    { name: 'search_engines', title: 'Search engines', of: 'visits from search' },
    (visit) =>
      isOrdinary(visit) && visit.channel === 'search'
        ? (byUrl.get(visit.hits[0]?.referrer?.raw ?? '') ?? null)
        : null,
    asked,
  );
};
