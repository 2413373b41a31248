import products from '../data/products.json' with { type: 'json' };
import type { Product } from './material.ts';

/** The shop's catalogue: 50 products in 5 categories, prices in minor units from 799 to 129999. */
export function catalogue(): Product[] {
  return Object.entries(products).flatMap(([category, rows]) =>
    rows.map(([sku, name, price]) => ({
      sku: String(sku),
      name: String(name),
      category,
      price_minor: Number(price),
    })),
  );
}
