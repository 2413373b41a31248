import { finding, type Rule } from './rule.ts';

const cheapestProduct = 0.01;

/** Goods, tax and the cheapest shipping of the smallest basket fit under the largest order value. */
export const orderValueReachable: Rule = {
  reads: [
    'ecommerce_probability',
    'ecommerce_order_value_max',
    'ecommerce_items_min',
    'ecommerce_tax_rate',
    'ecommerce_shipping_rates',
  ],
  check: (settings, given) => {
    if (settings.ecommerce_probability === 0) return [];
    const most = settings.ecommerce_order_value_max;
    const rates = settings.ecommerce_shipping_rates;
    const goods =
      settings.ecommerce_items_min * cheapestProduct * (1 + settings.ecommerce_tax_rate);
    const least = Math.ceil((Math.min(...rates) + goods) * 100 - 1e-6) / 100;
    if (least > most) {
      return [
        finding(
          given,
          ['ecommerce_order_value_max', 'ecommerce_shipping_rates', 'ecommerce_items_min'],
          'order_value_unreachable',
          {
            message: `ECOMMERCE_ORDER_VALUE_MAX is ${most}, but shipping and the cheapest goods already come to ${least}.`,
            remedy: 'Raise ECOMMERCE_ORDER_VALUE_MAX or lower ECOMMERCE_SHIPPING_RATES.',
          },
        ),
      ];
    }
    const above = rates.filter((rate) => rate + goods > most);
    if (above.length === 0) return [];
    return [
      finding(
        given,
        ['ecommerce_shipping_rates', 'ecommerce_order_value_max'],
        'shipping_above_order_value',
        {
          message: `Shipping of ${above.join(' or ')} leaves no room for goods under ECOMMERCE_ORDER_VALUE_MAX (${most}).`,
          remedy: 'Remove the rate or raise ECOMMERCE_ORDER_VALUE_MAX.',
        },
      ),
    ];
  },
};
