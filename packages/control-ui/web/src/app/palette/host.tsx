import { lazy } from '../lazy.tsx';
import { palette_open } from './open.ts';

/** It is loaded when it is first wanted. */
const Palette = lazy(() => import('./palette.tsx'));

export function PaletteHost() {
  return palette_open.value ? <Palette /> : null;
}
