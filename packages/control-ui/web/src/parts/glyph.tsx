import type { JSX } from 'preact';

const paths: Readonly<Record<string, JSX.Element>> = {
  accepted: <circle cx="6" cy="6" r="5" />,
  running: <circle cx="6" cy="6" r="5" />,
  rejected: <path d="M2 2l8 8M10 2l-8 8" stroke-width="2.6" fill="none" stroke-linecap="round" />,
  failed: <path d="M6 .8L11.6 11H.4z" />,
  unknown: <path d="M6 1l5 5-5 5-5-5z" fill="none" stroke-width="1.9" stroke-linejoin="round" />,
  dropped: <path d="M1.5 6h9" stroke-width="2.6" fill="none" stroke-linecap="round" />,
  waiting: <circle cx="6" cy="6" r="4.4" fill="none" stroke-width="1.8" />,
  idle: <circle cx="6" cy="6" r="4.4" fill="none" stroke-width="1.8" />,
  paused: <path d="M2.5 1.5h2.4v9H2.5zM7.1 1.5h2.4v9H7.1z" />,
  draining: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke-width="1.6" />
      <path d="M6 1.6a4.4 4.4 0 0 1 0 8.8z" />
    </>
  ),
  finished: (
    <path
      d="M1.5 6.5l3 3 6-7"
      fill="none"
      stroke-width="2.2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  ),
  unreachable: (
    <circle cx="6" cy="6" r="4.4" fill="none" stroke-width="1.8" stroke-dasharray="2.6 2" />
  ),
  info: (
    <path
      d="M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zm-.8 4.4h1.6V9H5.2zm0-2.4h1.6v1.5H5.2z"
      fill-rule="evenodd"
    />
  ),
  search: (
    <>
      <circle cx="5" cy="5" r="3.6" fill="none" stroke-width="1.5" />
      <path d="M8 8l3 3" stroke-width="1.6" stroke-linecap="round" />
    </>
  ),
  right: <path d="M4 2l4 4-4 4" fill="none" stroke-width="1.8" />,
  down: <path d="M2 4l4 4 4-4" fill="none" stroke-width="1.8" />,
  grip: <path d="M3 2h2v2H3zM7 2h2v2H7zM3 5h2v2H3zM7 5h2v2H7zM3 8h2v2H3zM7 8h2v2H7z" />,
};

/** A small shape that repeats what the word beside it says; never alone. */
export function Glyph({ name, tone = '' }: { readonly name: string; readonly tone?: string }) {
  return (
    <svg class={`g ${tone === '' ? '' : `o-${tone}`}`} viewBox="0 0 12 12" aria-hidden="true">
      {paths[name] ?? paths.unknown}
    </svg>
  );
}

/** The mark: a tally of five. */
export function Mark() {
  return (
    <svg viewBox="0 0 19 16" aria-hidden="true">
      <path d="M3 2v12M7.3 2v12M11.7 2v12M16 2v12" />
      <path class="fifth" d="M1 12L18 4" />
    </svg>
  );
}
