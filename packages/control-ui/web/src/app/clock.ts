import { signal } from '@preact/signals';

/** The time, once a second: whatever counts down or grows old reads it. */
export const now_ms = signal(Date.now());
setInterval(() => {
  now_ms.value = Date.now();
}, 1_000);

/** Counts up every ten seconds while something is under way: what is looked at anew reads it. */
export const tenSeconds = (active: boolean): number =>
  active ? Math.floor(now_ms.value / 10_000) : 0;
