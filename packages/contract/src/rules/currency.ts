import { finding, type Rule } from './rule.ts';

/** The currency is an ISO 4217 code in upper case. */
export const currencyKnown: Rule = {
  reads: ['ecommerce_currency'],
  check: ({ ecommerce_currency: code }, given) => {
    const known = Intl.supportedValuesOf('currency');
    if (known.includes(code)) return [];
    const upper = code.toUpperCase();
    return [
      finding(given, ['ecommerce_currency'], 'currency_unknown', {
        message: 'ECOMMERCE_CURRENCY is not an ISO 4217 currency code.',
        remedy: known.includes(upper)
          ? `Write it in upper case: ${upper}.`
          : 'Write its three upper-case letters, for example SEK, EUR or USD.',
      }),
    ];
  },
};
