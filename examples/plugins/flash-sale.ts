import type { Plugin, Product } from './trafficinator-plugin.d.ts';

/** Minor units, a fifth off, at least one. */
const reduced = ({ price_minor }: Product): number => Math.max(1, Math.round(price_minor * 0.8));

/**
 * A flash sale: three pages of its own, and hunters who come for it. They look at a few offers, put what
 * they like into the cart and order at the lower price, or find the shipping too dear.
 */
export default {
  api: 1,
  name: 'flash-sale',
  material: ({ pages }) => {
    const { origin } = new URL(pages[0]?.url ?? 'https://shop.example.test');
    const sale = ['Flash sale', 'Last pieces', 'Sale conditions'].map((title) => ({
      url: `${origin}/sale/${title.toLowerCase().replaceAll(' ', '-')}`,
      title,
    }));
    return { pages: [...pages, ...sale] };
  },
  journeys: [
    {
      name: 'sale-hunter',
      weight: 20,
      visit: (v) => {
        v.dimension(1, 'sale');
        v.view('/sale/flash-sale');
        v.content({ name: 'Countdown', piece: 'Ends tonight' });
        v.wait(4, 30);
        if (v.random.chance(0.35)) v.leave();

        const cart: { product: Product; price_minor: number }[] = [];
        const offers = v.random.between(1, 4);
        for (let n = 0; n < offers; n++) {
          const product = v.random.ranked(v.site.products, 0.8);
          v.product(product);
          v.wait(5, 40);
          const isNew = cart.every((line) => line.product.sku !== product.sku);
          if (!isNew || !v.random.chance(0.5)) continue;
          cart.push({ product, price_minor: reduced(product) });
          v.event({ category: 'Sale', action: 'Add to cart', name: product.category });
          v.cart(cart);
          v.wait(2, 10);
        }
        if (cart.length === 0) return;
        v.view('/sale/sale-conditions');
        v.wait(10, 60);
        if (v.random.chance(0.4)) v.order(cart, { shipping_minor: 499 });
      },
    },
  ],
} satisfies Plugin;
