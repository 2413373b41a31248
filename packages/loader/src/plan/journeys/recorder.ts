import { slugOf } from '@trafficinator/contract';
import { resultsAt } from '../actions.ts';
import { type Draws, purpose } from '../draw.ts';
import type { Page, Product } from '../material/material.ts';
import {
  contentOf,
  type Draft,
  dimensionsPart,
  eventOf,
  goalOf,
  linesOf,
  orderOf,
  pageOf,
  type Said,
  searchOf,
  shownOf,
  webUrl,
} from './draft.ts';
import type {
  JourneyVisit,
  Page as PlainPage,
  Product as PlainProduct,
  VisitorFacts,
} from './interface.ts';
import { longestGap_ms, longestStay_ms, mostHits, PluginMistake } from './limits.ts';
import { randomOf, Sequence } from './random.ts';
import type { Ground } from './site.ts';
import * as words from './words.ts';

/** Thrown by `leave`, and by everything that is called after it. */
export class Left extends Error {}
/** One for all: where it was thrown is of no interest, and costs more than the rest of a visit. */
const left = new Left();

/** What a journey has a visitor do, and how long the visitor stays. */
export interface Recorded {
  readonly drafts: readonly Draft[];
  readonly duration_ms: number;
}

const noProduct = { product: null };

/** Writes down what a journey says of one visit after the other. */
export class Recorder {
  readonly #ground: Ground;
  readonly #sequence: Sequence;
  #draws: Draws;
  #drafts: Draft[] = [];
  #values: Map<number, string> | null = null;
  #dimensions = '';
  #open: Page | null = null;
  #offset_ms = 0;
  #waits = 0;
  #mistake: PluginMistake | null = null;
  #over = false;

  constructor(ground: Ground, draws: Draws) {
    this.#ground = ground;
    this.#draws = draws;
    this.#sequence = new Sequence(draws, purpose.journeyDraw);
  }

  /** Forgets the visit before and begins another one. */
  begin(draws: Draws): void {
    this.#draws = draws;
    this.#sequence.begin(draws);
    this.#drafts = [];
    this.#values = null;
    this.#dimensions = '';
    this.#open = null;
    this.#offset_ms = 0;
    this.#waits = 0;
    this.#mistake = null;
    this.#over = false;
  }

  /** What the journey sees; the methods may be taken off it. */
  offered(visitor: VisitorFacts): JourneyVisit {
    const { site } = this.#ground;
    const say = <A, B>(method: (first: A, second?: B) => void) => this.#guarded(method);
    return {
      random: randomOf(this.#sequence),
      site,
      visitor,
      view: say((page) => this.#view(this.#pageOf(page), null)),
      product: say((product, page) => this.#product(product, page)),
      search: say((keyword, more) => {
        const found = () =>
          resultsAt(this.#draws.unit(purpose.journeyResults, this.#drafts.length));
        this.#add('search', searchOf(keyword, more?.category, more?.results, found));
      }),
      event: say((facts) => this.#add('event', this.#ground.events.of(facts, eventOf))),
      content: say((facts) => {
        const said = contentOf(facts);
        this.#add(said.interaction === null ? 'content' : 'interaction', said);
      }),
      download: say((address) => this.#link('download', address)),
      outlink: say((address) => this.#link('outlink', address)),
      cart: say((given) => {
        const lines = linesOf('cart', given);
        const revenue_minor = lines.reduce(
          (sum, each) => sum + each.price_minor * each.quantity,
          0,
        );
        this.#add('cart', { lines, revenue_minor });
      }),
      order: say((lines, facts) => this.#add('order', orderOf(lines, facts))),
      goal: say((id, revenue_minor) => this.#add('goal', goalOf(id, revenue_minor))),
      dimension: say((id, value) => this.#dimension(id, value)),
      wait: say((least, most) => this.#wait(least, most ?? least)),
      leave: () => {
        this.#over = true;
        throw left;
      },
    };
  }

  ended(): Recorded {
    this.#over = true;
    // A journey that catches what is told to it is not heard the better for it.
    if (this.#mistake !== null) throw this.#mistake;
    if (this.#drafts.length === 0) throw new PluginMistake('the visit has no page view');
    return { drafts: this.#drafts, duration_ms: this.#offset_ms };
  }

  /** No method is given more than two things; to pass on any number of them takes its time. */
  #guarded<A, B>(method: (first: A, second?: B) => void): (first: A, second?: B) => void {
    return (first, second) => {
      if (this.#over) throw left;
      try {
        method(first, second);
      } catch (error) {
        if (error instanceof PluginMistake) this.#mistake ??= error;
        throw error;
      }
    };
  }

  #pageOf(named: PlainPage | string): Page {
    const base = this.#open?.url.raw ?? `${this.#ground.site.origin}/`;
    return pageOf(named, base, this.#ground.byUrl);
  }

  #view(page: Page, product: Product | null): void {
    this.#open = page;
    this.#add('pageview', product === null ? noProduct : { product });
  }

  #product(said: PlainProduct, named: PlainPage | string | undefined): void {
    const shown = this.#ground.products.of(said, shownOf);
    if (named !== undefined && named !== null) {
      this.#view(this.#pageOf(named), shown.product);
      return;
    }
    const { sku, name } = shown.product;
    shown.page ??= this.#pageOf({
      url: `${this.#ground.site.origin}/product/${slugOf(sku) || encodeURIComponent(sku)}`,
      title: name,
    });
    this.#view(shown.page, shown.product);
  }

  #link(kind: 'download' | 'outlink', address: unknown): void {
    const text = words.heard(`the address of the ${kind}`, words.address, address);
    const url = webUrl(text, this.#open?.url.raw ?? this.#ground.site.origin).href;
    this.#add(kind, { url: { raw: url, encoded: encodeURIComponent(url) } });
  }

  #dimension(id: unknown, value: unknown): void {
    const said = words.heard('dimension', words.dimension, { id, value });
    this.#values ??= new Map();
    if (said.value === null) this.#values.delete(said.id);
    else this.#values.set(said.id, said.value);
    this.#dimensions = dimensionsPart(this.#values);
  }

  #wait(least: unknown, most: unknown): void {
    if (
      !(typeof least === 'number' && typeof most === 'number' && least >= 0 && most >= least) ||
      most * 1000 > longestGap_ms
    ) {
      throw new PluginMistake(
        `wait(${String(least)}, ${String(most)}) needs seconds in order, 0 to ${longestGap_ms / 1000}`,
      );
    }
    const u = this.#draws.unit(purpose.journeyWait, this.#waits++);
    this.#offset_ms += Math.round((least + u * (most - least)) * 1000);
    const since_ms = this.#offset_ms - (this.#drafts.at(-1)?.offset_ms ?? 0);
    if (since_ms > longestGap_ms) {
      throw new PluginMistake('more than 1,799 s pass without a hit, and Matomo counts two visits');
    }
    if (this.#offset_ms > longestStay_ms)
      throw new PluginMistake('the visit is longer than 4 hours');
  }

  #add(kind: Draft['kind'], said: Said): void {
    const page = this.#open;
    if (page === null) throw new PluginMistake(`${kind} before the first page view`);
    if (this.#drafts.length === mostHits) {
      throw new PluginMistake(`the visit has more than ${mostHits} hits`);
    }
    // A visit begins with its first hit, however long its journey waits before it.
    if (this.#drafts.length === 0) this.#offset_ms = 0;
    this.#drafts.push({
      kind,
      offset_ms: this.#offset_ms,
      page,
      dimensions: this.#dimensions,
      said,
      original: null,
    });
  }
}
