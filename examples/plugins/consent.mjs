/** Share of the visitors who decline. */
const declining = 0.3;

/**
 * A consent banner, the last word on every visit: it is answered on the first page, and of those who
 * decline only page views, carts and orders are sent. Custom dimension 2 says what was answered.
 *
 * @type {import('./trafficinator-plugin.d.ts').Plugin}
 */
export default {
  api: 1,
  name: 'consent',
  hits: ({ hits }, { random }) => {
    const [first, ...later] = hits;
    if (first === undefined) return undefined;
    const answer = random.chance(declining) ? 'declined' : 'accepted';
    const dimensions = { 2: answer };
    const banner = {
      kind: /** @type {const} */ ('event'),
      offset_seconds: first.offset_seconds,
      page: first.page,
      dimensions,
      category: 'Consent',
      action: answer,
    };
    const kept = ['pageview', 'cart', 'order'];
    const rest = answer === 'declined' ? later.filter(({ kind }) => kept.includes(kind)) : later;
    return [{ ...first, dimensions: { ...first.dimensions, ...dimensions } }, banner, ...rest];
  },
};
