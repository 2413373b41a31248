import { status } from '../api/live.ts';
import { rate } from '../format/numbers.ts';
import { Glyph } from '../parts/glyph.tsx';
import { stateWords, toneOf } from '../parts/states.ts';
import { nextTheme, theme } from './theme.ts';

const themeWords = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;

/** The view's name, the loader's pulse, and the theme. */
export function TopBar({ title }: { readonly title: string }) {
  const fleet = status.value;
  return (
    <header class="top">
      <h1>{title}</h1>
      <span class="sp" />
      {fleet !== null && (
        <a class="pulse" href="/dashboard">
          <Glyph name={fleet.state} tone={toneOf(fleet.state)} />
          <span>
            <b>{stateWords[fleet.state]}</b>
            {fleet.state === 'running' && ` ${rate(fleet.rate.achieved_per_day / 86_400)} visits/s`}
          </span>
        </a>
      )}
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
