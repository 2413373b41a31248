import { signal } from '@preact/signals';

/** The time, once a second: whatever counts down or grows old reads it. */
export const now_ms = signal(Date.now());
setInterval(() => {
  now_ms.value = Date.now();
}, 1_000);
