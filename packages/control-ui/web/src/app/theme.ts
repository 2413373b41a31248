import { effect, signal } from '@preact/signals';
import { oneOf, preference } from '../api/preferences.ts';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const theme = preference<Theme>('theme', oneOf(themes), 'system');
/** Counts up when colours change, by choice or by the system: canvases draw again. */
export const colours_changed = signal(0);

export function keepTheme(): void {
  effect(() => {
    const root = document.documentElement;
    if (theme.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme.value;
    colours_changed.value = colours_changed.peek() + 1;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colours_changed.value += 1;
  });
}

export function nextTheme(): void {
  theme.set(themes[(themes.indexOf(theme.value) + 1) % themes.length] as Theme);
}
