import { defaultSettings, readJourneys, type Settings } from '@trafficinator/contract';
import type { Journey, JourneyVisit, Plugin } from '../plan/journeys/interface.ts';
import type { Behaviour } from '../plan/material/behaviour.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan, type Plan } from '../plan/plan.ts';

/** The built-in material with plugins and, if wanted, a journeys file. */
export function materialWithPlugins(
  plugins: readonly Omit<Plugin, 'api'>[],
  content: object | null = null,
): Material {
  const behaviour: Behaviour = {
    file: content === null ? null : readJourneys(JSON.stringify(content), 'test').file,
    plugins,
    digest: 'test',
    slow_calls: null,
  };
  return { ...builtinMaterial(), behaviour };
}

/** A plan in which every visit follows the given way. */
export function planOfJourney(
  visit: (v: JourneyVisit) => void,
  changes: Partial<Settings> = {},
  seed = 1,
): Plan {
  const journey: Journey = { name: 'own', visit };
  const material = materialWithPlugins([{ name: 'test', journeys: [journey] }]);
  const settings = { ...defaultSettings, journey_share: 1, journeys: 'own:1', ...changes };
  return compilePlan(settings, material, seed);
}

/** Everything that a journey can say, and nothing that Matomo would not report. */
export const everything = (v: JourneyVisit): void => {
  v.dimension(1, 'gold & more');
  v.view('/start?x=ä');
  v.content({ name: 'Banner', piece: 'hero.jpg', target: 'https://shop.example.test/sale' });
  v.content({ name: 'Banner', piece: 'hero.jpg', interaction: 'click' });
  v.wait(2, 5);
  v.search('café & more', { category: 'Shop' });
  v.wait(1);
  v.view({ url: 'https://shop.example.test/found', title: 'Found 100 %' });
  v.event({ category: 'Test', action: 'Do', name: '75 %', value: 0.75 });
  v.outlink('https://partner.example/offer?x=1');
  v.download('files/guide.pdf');
  const [first, second] = v.site.products as [JourneyVisit['site']['products'][number], never];
  v.product(first);
  v.wait(3, 9);
  v.dimension(1, null);
  v.dimension(2, 'list');
  v.product(second, '/second');
  v.cart([{ product: first }, { product: second, quantity: 2 }]);
  v.cart([{ product: first, quantity: 3, price_minor: 999 }]);
  v.wait(5);
  v.order([{ product: first, quantity: 3, price_minor: 999 }], { discount_minor: 100 });
  v.goal(1);
  v.goal(2, 1_250);
  v.order([{ product: second }], { tax_minor: 0, shipping_minor: 495 });
  v.cart([{ product: second }]);
  v.wait(4);
};
