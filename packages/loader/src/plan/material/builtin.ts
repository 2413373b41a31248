import { catalogue } from './catalogue.ts';
import { deviceCatalogue } from './devices.ts';
import type { Material } from './material.ts';
import { negativeMaterial } from './negative.ts';
import { placeList } from './places.ts';
import { referrerSources } from './referrers.ts';
import { sitePages } from './site.ts';
import { clickEvents, downloads, outlinks, randomEvents, searchTerms } from './words.ts';

let built: Material | null = null;

/** The built-in material, made on the first call and the same object ever after. */
export function builtinMaterial(): Material {
  built ??= {
    pages: sitePages(),
    page_weights: null,
    search_terms: searchTerms(),
    outlinks: outlinks(),
    downloads: downloads(),
    click_events: clickEvents(),
    random_events: randomEvents(),
    own_events: null,
    funnels: [],
    referrers: referrerSources(),
    products: catalogue(),
    devices: deviceCatalogue(),
    places: placeList(),
    negative: negativeMaterial(),
    behaviour: null,
  };
  return built;
}
