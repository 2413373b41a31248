import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnalysisAnswer, AnalysisAsked } from './analysis-worker.ts';
import type { UrlSummary } from './url-analysis.ts';
import type { TreeRow } from './url-tree.ts';

/** So long nothing is typed before the text is read. */
const pause_ms = 200;

export interface Analysed {
  /** The text that this is about; null: nothing yet. */
  readonly text: string | null;
  readonly summary: UrlSummary | null;
  readonly rows: readonly TreeRow[];
  readonly folders: readonly TreeRow[];
  /** The worker could not be loaded. */
  readonly failed: boolean;
}

const nothing: Analysed = { text: null, summary: null, rows: [], folders: [], failed: false };

/** What there is to say of a URL list, read in a worker while the page goes on. */
export function useAnalysis(text: string | null, toggled: ReadonlySet<string>): Analysed {
  const [analysed, setAnalysed] = useState(nothing);
  const worker = useRef<Worker | null>(null);
  const asked = useRef<{ id: number; text: string | null }>({ id: 0, text: null });
  const told = useRef<string | null>(null);

  useEffect(() => {
    const started = new Worker(new URL('./analysis-worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<AnalysisAnswer>) => {
      if (data.id !== asked.current.id) return;
      const { rows, folders, summary } = data;
      const about = asked.current.text;
      setAnalysed((before) => ({
        text: about,
        summary: summary ?? before.summary,
        rows,
        folders,
        failed: false,
      }));
    };
    started.onerror = () => setAnalysed((before) => ({ ...before, failed: true }));
    return () => started.terminate();
  }, []);

  useEffect(() => {
    if (text === null) return;
    const ask = () => {
      const id = asked.current.id + 1;
      asked.current = { id, text };
      const isNew = told.current !== text;
      told.current = text;
      const question: AnalysisAsked = { id, text: isNew ? text : null, toggled: [...toggled] };
      worker.current?.postMessage(question);
    };
    if (told.current === null || told.current === text) return ask();
    const timer = setTimeout(ask, pause_ms);
    return () => clearTimeout(timer);
  }, [text, toggled]);
  return analysed;
}
