import { slugOf } from '@trafficinator/contract';
import { resultsAt } from '../actions.ts';
import { type Draws, purpose } from '../draw.ts';
import type { Page } from '../material/material.ts';
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
  webUrl,
} from './draft.ts';
import type { JourneyVisit, Page as PlainPage, VisitorFacts } from './interface.ts';
import { longestGap_ms, longestStay_ms, mostHits, PluginMistake } from './limits.ts';
import { randomOf } from './random.ts';
import type { Ground } from './site.ts';
import * as words from './words.ts';

/** Thrown by `leave`, and by everything that is called after it. */
class Left extends Error {}
/** One for all: where it was thrown is of no interest, and costs more than the rest of a visit. */
const left = new Left();

/** What a journey has a visitor do, and how long the visitor stays. */
export interface Recorded {
  readonly drafts: readonly Draft[];
  readonly duration_ms: number;
}

/** Lets a journey plan one visit and writes down what it says. Throws what the journey throws, or a PluginMistake. */
export function record(
  journey: (v: JourneyVisit) => unknown,
  draws: Draws,
  ground: Ground,
  visitor: VisitorFacts,
): Recorded {
  const recorder = new Recorder(draws, ground);
  try {
    const answer = journey(recorder.offered(visitor));
    if (isPromise(answer)) {
      answer.then(undefined, () => {});
      throw new PluginMistake('visit is asynchronous; it must have said all when it returns');
    }
  } catch (error) {
    if (!(error instanceof Left)) throw error;
  }
  return recorder.ended();
}

const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as PromiseLike<unknown> | null | undefined)?.then === 'function';

class Recorder {
  readonly #draws: Draws;
  readonly #ground: Ground;
  readonly #drafts: Draft[] = [];
  readonly #values = new Map<number, string>();
  #dimensions = '';
  #open: Page | null = null;
  #offset_ms = 0;
  #waits = 0;
  #mistake: PluginMistake | null = null;
  #over = false;

  constructor(draws: Draws, ground: Ground) {
    this.#draws = draws;
    this.#ground = ground;
  }

  /** What the journey sees; the methods may be taken off it. */
  offered(visitor: VisitorFacts): JourneyVisit {
    const { site } = this.#ground;
    const say = <A extends unknown[]>(method: (...given: A) => void) => this.#guarded(method);
    return Object.freeze<JourneyVisit>({
      random: randomOf(this.#draws, purpose.journeyDraw),
      site,
      visitor,
      view: say((page) => this.#view(page, null)),
      product: say((product, page) => this.#product(product, page)),
      search: say((keyword, more) => {
        const found = () =>
          resultsAt(this.#draws.unit(purpose.journeyResults, this.#drafts.length));
        this.#add('search', searchOf(keyword, more?.category, more?.results, found));
      }),
      event: say((facts) => this.#add('event', eventOf(facts))),
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
    });
  }

  ended(): Recorded {
    this.#over = true;
    // A journey that catches what is told to it is not heard the better for it.
    if (this.#mistake !== null) throw this.#mistake;
    if (this.#drafts.length === 0) throw new PluginMistake('the visit has no page view');
    return { drafts: this.#drafts, duration_ms: this.#offset_ms };
  }

  #guarded<A extends unknown[]>(method: (...given: A) => void): (...given: A) => void {
    return (...given) => {
      if (this.#over) throw left;
      try {
        method(...given);
      } catch (error) {
        if (error instanceof PluginMistake) this.#mistake ??= error;
        throw error;
      }
    };
  }

  #view(named: PlainPage | string, product: { readonly product: unknown } | null): void {
    const page = pageOf(
      named,
      this.#open?.url.raw ?? `${this.#ground.site.origin}/`,
      this.#ground.byUrl,
    );
    this.#open = page;
    const shown = product === null ? null : words.heard('product', words.product, product.product);
    this.#add('pageview', { product: shown });
  }

  #product(product: unknown, named: PlainPage | string | undefined): void {
    const { sku, name } = words.heard('product', words.product, product);
    const page = named ?? {
      url: `${this.#ground.site.origin}/product/${slugOf(sku) || encodeURIComponent(sku)}`,
      title: name,
    };
    this.#view(page, { product });
  }

  #link(kind: 'download' | 'outlink', address: unknown): void {
    const text = words.heard(`the address of the ${kind}`, words.address, address);
    const url = webUrl(text, this.#open?.url.raw ?? this.#ground.site.origin).href;
    this.#add(kind, { url: { raw: url, encoded: encodeURIComponent(url) } });
  }

  #dimension(id: unknown, value: unknown): void {
    const said = words.heard('dimension', words.dimension, { id, value });
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
