import { Fragment } from 'preact';
import { connection, status } from '../api/live.ts';
import { rate } from '../format/numbers.ts';
import { Glyph } from '../parts/glyph.tsx';
import { stateWords, toneOf } from '../parts/states.ts';
import { capsOf } from './key-names.ts';
import { openPalette } from './palette/open.ts';
import { nextTheme, theme } from './theme.ts';

const themeWords = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;

const caps = capsOf('Mod+k');

/** The view's name, the loader's pulse, search and commands, and the theme. */
export function TopBar({ title }: { readonly title: string }) {
  return (
    <header class="top">
      <h1>{title}</h1>
      <span class="sp" />
      <Pulse />
      <button
        type="button"
        class="find"
        aria-label={`Search or run a command ${caps.join(' ')}`}
        onClick={openPalette}
      >
        <Glyph name="search" />
        <span>Search or run a command</span>{' '}
        <span class="k">
          {caps.map((cap, at) => (
            <Fragment key={cap}>
              {at > 0 && ' '}
              <kbd>{cap}</kbd>
            </Fragment>
          ))}
        </span>
      </button>
      <button
        type="button"
        class="btn quiet theme"
        aria-label={`Theme: ${themeWords[theme.value]}`}
        onClick={nextTheme}
      >
        <Glyph name="draining" />
        <span>{themeWords[theme.value]}</span>
      </button>
    </header>
  );
}

/** What the loaders do, on every view; without a connection nobody knows. */
function Pulse() {
  const fleet = status.value;
  if (connection.value.state === 'lost') {
    return (
      <a class="pulse" href="/dashboard">
        <Glyph name="unreachable" tone="unknown" />
        <b>Not connected</b>
      </a>
    );
  }
  if (fleet === null) return null;
  return (
    <a class="pulse" href="/dashboard">
      <Glyph name={fleet.state} tone={toneOf(fleet.state)} />
      <span>
        <b>{stateWords[fleet.state]}</b>
        {fleet.state === 'running' && ` ${rate(fleet.rate.achieved_per_day / 86_400)} visits/s`}
      </span>
    </a>
  );
}
