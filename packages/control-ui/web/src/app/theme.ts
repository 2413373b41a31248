import { effect, signal } from '@preact/signals';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = (() => {
  try {
    return localStorage.getItem('theme');
  } catch {
    return null;
  }
})();

export const theme = signal<Theme>(themes.find((each) => each === kept) ?? 'system');
/** Counts up when colours change, by choice or by the system: canvases draw again. */
export const colours_changed = signal(0);

export function keepTheme(): void {
  effect(() => {
    const root = document.documentElement;
    if (theme.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme.value;
    try {
      localStorage.setItem('theme', theme.value);
    } catch {
      // Private windows may not keep anything.
    }
    colours_changed.value = colours_changed.peek() + 1;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colours_changed.value += 1;
  });
}

export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] as Theme;
}
