import { parseUrlsFile } from '@trafficinator/contract/urls-file';
import type { TextProblem } from '../../parts/text-editor/problem.ts';
import { UrlTree } from './url-tree.ts';

/** Of the problems so many are told; the numbers are of all. */
const mostProblems = 500;
const mostTop = 12;

interface TopPage {
  readonly url: string;
  readonly title: string;
  readonly weight: number;
}

/** A URL list in numbers. */
export interface UrlSummary {
  readonly pages: number;
  readonly duplicates: number;
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly TextProblem[];
  readonly hosts: number;
  /** Whether any line has a weight; without one all pages are equally likely. */
  readonly weighted: boolean;
  readonly total_weight: number;
  /** The heaviest pages, where there are weights. */
  readonly top: readonly TopPage[];
}

/** Reads a URL list by the loader's own rules: what is wrong with it, how it is built, what is viewed most. */
export class UrlAnalysis {
  readonly summary: UrlSummary;
  readonly tree: UrlTree;

  constructor(text: string) {
    const { pages, weights, problems, duplicates } = parseUrlsFile(text);
    this.tree = new UrlTree(pages, weights);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    this.summary = {
      pages: pages.length,
      duplicates,
      errors,
      warnings: problems.length - errors,
      problems: problems.slice(0, mostProblems).map(({ line, severity, message, remedy }) => ({
        line,
        severity,
        sentence: `${message} ${remedy}`,
      })),
      hosts: this.tree.hosts,
      weighted: weights !== null,
      total_weight: this.tree.weight,
      top: weights === null ? [] : heaviest(pages, weights),
    };
  }
}

function heaviest(
  pages: readonly { readonly url: string; readonly title: string }[],
  weights: readonly number[],
): TopPage[] {
  return pages
    .map(({ url, title }, at) => ({ url, title, weight: weights[at] ?? 1 }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostTop);
}
