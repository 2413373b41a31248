import { signal } from '@preact/signals';

export const palette_open = signal(false);

export function openPalette(): void {
  palette_open.value = true;
}
