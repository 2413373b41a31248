import { type Draws, purpose } from './draw.ts';
import type { Material, Page } from './material/material.ts';
import { Weighted } from './weighted.ts';

/** Chooses so many pages for a visit, in the order in which they are viewed. */
export type PageChoice = (draws: Draws, count: number) => readonly Page[];

/**
 * Compiles the choice of pages. Without weights all are equally likely, and none is viewed twice in a row
 * where there are two. With weights every view follows them exactly, the first ones of visits too; a page
 * that was drawn twice in a row is moved on in the visit, and is a reload only where nothing else was drawn.
 */
export function compilePages({
  pages,
  page_weights,
}: Pick<Material, 'pages' | 'page_weights'>): PageChoice {
  return page_weights === null ? alike(pages) : byWeight(pages, page_weights);
}

function alike(pages: readonly Page[]): PageChoice {
  return (draws, count) => {
    const chosen: Page[] = [];
    let last = -1;
    for (let n = 0; n < count; n++) {
      let at = Math.floor(draws.unit(purpose.page, n) * pages.length);
      if (at === last && pages.length > 1) at = (at + 1) % pages.length;
      last = at;
      chosen.push(pages[at] as Page);
    }
    return chosen;
  };
}

function byWeight(pages: readonly Page[], weights: readonly number[]): PageChoice {
  const positions = new Weighted([...pages.keys()], (at) => weights[at] ?? 0);
  return (draws, count) => {
    const chosen: Page[] = [];
    for (let n = 0; n < count; n++) {
      chosen.push(pages[positions.at(draws.unit(purpose.page, n))] as Page);
    }
    for (let n = 1; n < count; n++) {
      const before = chosen[n - 1];
      if (chosen[n] !== before) continue;
      const other = chosen.findIndex((page, at) => at > n && page !== before);
      if (other < 0) break;
      [chosen[n], chosen[other]] = [chosen[other] as Page, chosen[n] as Page];
    }
    return chosen;
  };
}
