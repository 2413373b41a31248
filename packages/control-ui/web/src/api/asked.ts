import { useEffect, useState } from 'preact/hooks';

export interface Asked<T> {
  readonly value: T | null;
  readonly error: unknown;
  /** Asks again; what is there stays until the answer comes. */
  readonly again: () => void;
}

/** An answer of the service for a view: null until it comes; asked again when `key` changes. */
export function useAsked<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<{ value: T | null; error: unknown }>({
    value: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    load(left.signal).then(
      (value) => {
        if (!left.signal.aborted) setAnswer({ value, error: null });
      },
      (error) => {
        if (!left.signal.aborted) setAnswer((before) => ({ ...before, error }));
      },
    );
    return () => left.abort();
  }, [key, round]);
  return { ...answer, again: () => setRound((before) => before + 1) };
}
