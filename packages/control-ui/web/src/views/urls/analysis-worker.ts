import { UrlAnalysis, type UrlSummary } from './url-analysis.ts';
import type { TreeRow } from './url-tree.ts';

/** A question: a new text, or the rows of the last one with other folders open. */
export interface AnalysisAsked {
  readonly id: number;
  readonly text: string | null;
  readonly toggled: readonly string[];
}

export interface AnalysisAnswer {
  readonly id: number;
  /** null: of the text that was told last. */
  readonly summary: UrlSummary | null;
  readonly rows: readonly TreeRow[];
  readonly folders: readonly TreeRow[];
}

const mostFolders = 12;
let analysis = new UrlAnalysis('');

// Beside the page: 22,000 lines take longer than the time between two frames.
self.onmessage = ({ data }: MessageEvent<AnalysisAsked>) => {
  const { id, text, toggled } = data;
  if (text !== null) analysis = new UrlAnalysis(text);
  const answer: AnalysisAnswer = {
    id,
    summary: text === null ? null : analysis.summary,
    rows: analysis.tree.rows(new Set(toggled)),
    folders: analysis.tree.folders(mostFolders),
  };
  self.postMessage(answer);
};
