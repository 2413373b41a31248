import { Timeline } from './timeline.ts';
import type { Conversion, Visit } from './visit.ts';

interface SiteRecords {
  readonly visits: Visit[];
  readonly by_visitor: Map<string, Timeline>;
  readonly by_fingerprint: Map<string, Timeline>;
  readonly order_ids: Set<string>;
}

const emptySite = (): SiteRecords => ({
  visits: [],
  by_visitor: new Map(),
  by_fingerprint: new Map(),
  order_ids: new Set(),
});

/**
 * Everything recorded, in memory, with the one transaction a bulk request needs: between `begin`
 * and `rollback` every change leaves an undo step.
 */
export class Store {
  #sites = new Map<number, SiteRecords>();
  #undo: (() => void)[] | null = null;
  #touched = new Set<Visit>();
  #lastId = 0;

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  visits(siteId: number): readonly Visit[] {
    return this.#sites.get(siteId)?.visits ?? [];
  }

  timelineOfVisitor(siteId: number, visitorId: string): Timeline | undefined {
    return this.#sites.get(siteId)?.by_visitor.get(visitorId);
  }

  timelineOfFingerprint(siteId: number, fingerprint: string): Timeline | undefined {
    return this.#sites.get(siteId)?.by_fingerprint.get(fingerprint);
  }

  addVisit(visit: Visit): void {
    const site = this.#site(visit.site_id);
    site.visits.push(visit);
    this.#index(visit);
    this.#touched.add(visit);
    this.#undo?.push(() => {
      this.#unindex(visit);
      // Work between begin and rollback is never interleaved, so the newest visit is the last one.
      site.visits.pop();
    });
  }

  /** Takes a visit away as if it had never been recorded; its order ids stay taken. */
  removeVisit(visit: Visit): void {
    const { visits } = this.#site(visit.site_id);
    const at = visits.indexOf(visit);
    if (at < 0) throw new Error(`The store does not hold visit ${visit.id}.`);
    visits.splice(at, 1);
    this.#unindex(visit);
  }

  /** Changes a visit's fields and keeps the look-ups right. */
  changeVisit(visit: Visit, change: (visit: Visit) => void): void {
    this.#rememberForUndo(visit);
    const visitorBefore = visit.visitor_id;
    const lastBefore = visit.last_action_ms;
    change(visit);
    if (visit.visitor_id !== visitorBefore) {
      const site = this.#site(visit.site_id);
      site.by_visitor.get(visitorBefore)?.remove(visit);
      timelineFor(site.by_visitor, visit.visitor_id).add(visit);
    }
    if (visit.last_action_ms !== lastBefore) {
      this.timelineOfVisitor(visit.site_id, visit.visitor_id)?.moved(visit);
      this.timelineOfFingerprint(visit.site_id, visit.fingerprint)?.moved(visit);
    }
  }

  /** Adds a conversion; `replaces` (a cart that becomes an order or a newer cart) leaves. */
  putConversion(visit: Visit, conversion: Conversion, replaces: Conversion | null): void {
    this.changeVisit(visit, () => {
      const at = replaces === null ? -1 : visit.conversions.indexOf(replaces);
      if (at >= 0) visit.conversions[at] = conversion;
      else visit.conversions.push(conversion);
    });
  }

  hasOrder(siteId: number, orderId: string): boolean {
    return this.#sites.get(siteId)?.order_ids.has(orderId) ?? false;
  }

  addOrder(siteId: number, orderId: string): void {
    const site = this.#site(siteId);
    site.order_ids.add(orderId);
    this.#undo?.push(() => site.order_ids.delete(orderId));
  }

  begin(): void {
    this.#undo = [];
    this.#touched.clear();
  }

  commit(): void {
    this.#undo = null;
    this.#touched.clear();
  }

  rollback(): void {
    for (const step of (this.#undo ?? []).reverse()) step();
    this.commit();
  }

  reset(): void {
    this.#sites = new Map();
    this.commit();
  }

  #site(siteId: number): SiteRecords {
    let site = this.#sites.get(siteId);
    if (site === undefined) {
      site = emptySite();
      this.#sites.set(siteId, site);
    }
    return site;
  }

  #index(visit: Visit): void {
    const site = this.#site(visit.site_id);
    timelineFor(site.by_visitor, visit.visitor_id).add(visit);
    timelineFor(site.by_fingerprint, visit.fingerprint).add(visit);
  }

  #unindex(visit: Visit): void {
    const site = this.#site(visit.site_id);
    dropFrom(site.by_visitor, visit.visitor_id, visit);
    dropFrom(site.by_fingerprint, visit.fingerprint, visit);
  }

  #rememberForUndo(visit: Visit): void {
    if (this.#undo === null || this.#touched.has(visit)) return;
    this.#touched.add(visit);
    const before: Visit = {
      ...visit,
      actions: [...visit.actions],
      conversions: [...visit.conversions],
    };
    this.#undo.push(() => {
      this.#unindex(visit);
      Object.assign(visit, before);
      this.#index(visit);
    });
  }
}

function timelineFor(timelines: Map<string, Timeline>, key: string): Timeline {
  let timeline = timelines.get(key);
  if (timeline === undefined) {
    timeline = new Timeline();
    timelines.set(key, timeline);
  }
  return timeline;
}

function dropFrom(timelines: Map<string, Timeline>, key: string, visit: Visit): void {
  const timeline = timelines.get(key);
  timeline?.remove(visit);
  if (timeline?.size === 0) timelines.delete(key);
}
