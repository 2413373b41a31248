import type { LoaderLogLine, LogLevel } from '@trafficinator/contract/rest';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../../api/client.ts';
import { onLogLine } from '../../api/live.ts';
import { paced } from '../../api/paced.ts';
import { rowText } from './line-text.ts';
import { LogHold, severity } from './log-hold.ts';

/** Which lines one wants. */
export interface Wanted {
  /** This level and the more severe ones. */
  readonly level: LogLevel;
  /** Of one loader or backfill; all when blank. */
  readonly loader: string;
  /** Only lines with this text; all when blank. */
  readonly text: string;
  readonly keep: number;
}

export interface Feed {
  readonly hold: LogHold;
  readonly loading: boolean;
  readonly error: unknown;
  /** Something that was done to the hold is to be drawn. */
  readonly touch: () => void;
}

/** The query of GET /api/logs for these lines. */
export function logQuery({ level, loader, text, keep }: Wanted): URLSearchParams {
  const query = new URLSearchParams({ lines: String(keep) });
  if (level !== 'debug') query.set('level', level);
  if (loader !== '') query.set('loader', loader);
  if (text !== '') query.set('filter', text);
  return query;
}

/** History and live lines. However fast they come, the view is drawn ten times a second at most. */
export function useFeed(wanted: Wanted): Feed {
  const { level, loader, text, keep } = wanted;
  const [, setDrawn] = useState(0);
  const [state, setState] = useState<{ readonly loading: boolean; readonly error: unknown }>({
    loading: true,
    error: null,
  });
  const hold = useMemo(
    () => new LogHold(keep, (line) => fits(line, { level, loader, text, keep })),
    [level, loader, text, keep],
  );
  const touch = () => setDrawn((before) => before + 1);

  useEffect(() => {
    const ended = new AbortController();
    let batch: LoaderLogLine[] = [];
    const draw = paced<void>(100, () => {
      if (ended.signal.aborted) return;
      hold.add(batch);
      batch = [];
      touch();
    });
    const end = onLogLine((line) => {
      if ('lost' in line) hold.lost += line.lost;
      else batch.push(line);
      draw();
    });
    setState({ loading: true, error: null });
    get<{ lines: LoaderLogLine[] }>(
      `/api/logs?${logQuery({ level, loader, text, keep })}`,
      ended.signal,
    ).then(
      ({ lines }) => {
        hold.begin(lines);
        setState({ loading: false, error: null });
      },
      (error: unknown) => {
        if (ended.signal.aborted) return;
        hold.begin([]);
        setState({ loading: false, error });
      },
    );
    return () => {
      end();
      ended.abort();
    };
  }, [hold]);

  return { hold, ...state, touch };
}

function fits(line: LoaderLogLine, { level, loader, text }: Wanted): boolean {
  if (severity.indexOf(line.level) > severity.indexOf(level)) return false;
  if (loader !== '' && line.loader !== loader) return false;
  return text === '' || rowText(line).toLowerCase().includes(text.toLowerCase());
}
