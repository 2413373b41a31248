import { integer, number, numberList, text } from './define.ts';

const whenSelling = { shown_when: { setting: 'ecommerce_probability', is: ['> 0'] } } as const;

/** Orders. */
export const ecommerce = {
  ecommerce_probability: number({
    label: 'Orders',
    help: 'Share of visits that end with an order. The site needs ecommerce switched on in Matomo.',
    unit: 'share of visits',
    default: 0.05,
    min: 0,
    max: 1,
  }),
  ecommerce_order_value_min: number({
    ...whenSelling,
    label: 'Order value, least',
    help: 'Smallest order total (items + shipping + tax − discount).',
    unit: 'currency units',
    default: 15.99,
    min: 0.01,
    max: 10_000_000,
  }),
  ecommerce_order_value_max: number({
    ...whenSelling,
    label: 'Order value, most',
    help: 'Largest order total.',
    unit: 'currency units',
    default: 299.99,
    min: 0.01,
    max: 10_000_000,
  }),
  ecommerce_items_min: integer({
    ...whenSelling,
    label: 'Items, least',
    help: 'Fewest different products in an order.',
    unit: 'products',
    default: 1,
    min: 1,
    max: 40,
  }),
  ecommerce_items_max: integer({
    ...whenSelling,
    label: 'Items, most',
    help: 'Most different products in an order.',
    unit: 'products',
    default: 5,
    min: 1,
    max: 40,
  }),
  ecommerce_tax_rate: number({
    ...whenSelling,
    label: 'Tax rate',
    help: 'Tax as a share of the goods value.',
    unit: 'share',
    default: 0.1,
    min: 0,
    max: 1,
  }),
  ecommerce_shipping_rates: numberList({
    ...whenSelling,
    label: 'Shipping rates',
    help: 'Shipping costs, separated by commas; each order draws one of them.',
    unit: 'currency units',
    default: [0, 5.99, 9.99, 15.99],
    min: 0,
    max: 100_000,
  }),
  ecommerce_currency: text({
    ...whenSelling,
    format: 'currency',
    label: 'Currency',
    help: 'ISO 4217 code in upper case, for display and for the check against the site. Matomo has no tracker parameter for it: the currency is a property of the site.',
    default: 'SEK',
  }),
};
