/** Nobody is more loyal: it bounds how far back a visitor's first visit can lie. */
const mostLoyal = 0.98;
const mostStrata = 4_096;

/**
 * How likely visitors come back, in strata of equally many lines: quantiles of a Beta(a, 1) distribution
 * from 0 to 0.98 with mean `share`. Visitors who differ so make a few visits mostly and very many now and
 * then (the shifted beta-geometric distribution: Fader and Hardie 2007, “How to project customer retention”):
 * a visit has n visits before it with probability 0.98^n × a / (a + n), where a = share / (0.98 − share).
 */
export function loyalties(share: number, lines: number): Float64Array {
  const strata = Math.min(lines, mostStrata);
  const exponent = (mostLoyal - share) / share;
  const quantiles = Float64Array.from(
    { length: strata },
    (_, n) => mostLoyal * ((n + 0.5) / strata) ** exponent,
  );
  const mean = quantiles.reduce((sum, loyalty) => sum + loyalty, 0) / strata;
  return quantiles.map((loyalty) => Math.min(0.99, (loyalty * share) / mean));
}
