/**
 * Countries whose visitors can be planned, ISO 3166-1 alpha-2: those whose networks, languages, zones
 * and cities the loader knows.
 */
export const countryCodes: readonly string[] =
  'us de gb ca fr au nl jp se br es it pl no dk fi in mx at be ch ie pt cz sk hu ro gr bg hr ua lt ee lv is tr il ae sa za eg ng ke kr cn tw hk sg my th vn id ph nz ar cl co pe'.split(
    ' ',
  );
