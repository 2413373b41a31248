import { signal } from '@preact/signals';

/** Where the page is: `/runs/run-1?from=5` → view `runs`, rest `['run-1']`, query. */
export interface Place {
  readonly view: string;
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

const read = (): Place => {
  const [view = '', ...rest] = location.pathname.split('/').filter((part) => part !== '');
  return {
    view: view === '' || view === 'ui' ? 'dashboard' : view,
    rest: rest.map(decodeURIComponent),
    query: new URLSearchParams(location.search),
  };
};

export const place = signal<Place>(read());

/** Something unsaved asks before the page is left for `path`; returns whether to stay. */
let guard: ((path: string) => boolean) | null = null;
export function guardLeaving(ask: ((path: string) => boolean) | null): void {
  guard = ask;
}

/** Goes to an address of the page. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push' && guard?.(path) === true) return;
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  place.value = read();
  if (how === 'push') scrollTo(0, 0);
}

/** Changes parts of the query and keeps the view; null takes one out. */
export function setQuery(change: Readonly<Record<string, string | null>>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(`${location.pathname}${text === '' ? '' : `?${text}`}`, 'replace');
}

/** Links within the page change the view without loading it anew. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    place.value = read();
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || link.target !== '') return;
    const url = new URL(link.href);
    const own = url.origin === location.origin && !/^\/(api|docs|openapi)/.test(url.pathname);
    if (!own || link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    go(url.pathname + url.search);
  });
}
