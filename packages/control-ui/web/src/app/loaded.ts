import { useEffect, useState } from 'preact/hooks';
import { get } from '../api/client.ts';

/** What an address answers. `value` stays while it is asked again, so that nothing jumps. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: unknown;
}

/** Asks an address, and again whenever it or `again` changes; null asks nothing. */
export function useLoaded<T>(path: string | null, again: unknown = null): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { readonly path: string | null }>({
    path: null,
    value: null,
    error: null,
  });
  useEffect(() => {
    if (path === null) return;
    const ended = new AbortController();
    get<T>(path, ended.signal).then(
      (value) => setLoaded({ path, value, error: null }),
      (error: unknown) => {
        if (ended.signal.aborted) return;
        setLoaded((before) => ({
          path,
          value: before.path === path ? before.value : null,
          error,
        }));
      },
    );
    return () => ended.abort();
  }, [path, again]);
  return loaded.path === path ? loaded : { value: null, error: null };
}
