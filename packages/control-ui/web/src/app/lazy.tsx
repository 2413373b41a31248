import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** A view that is loaded when it is first looked at. */
export function lazy(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  const loaded = signal<ComponentType | null>(null);
  const failed = signal(false);
  let asked = false;
  return function Lazy() {
    if (!asked) {
      asked = true;
      load().then(
        (module) => {
          loaded.value = module.default;
        },
        () => {
          failed.value = true;
        },
      );
    }
    const Loaded = loaded.value;
    if (Loaded !== null) return <Loaded />;
    if (failed.value) {
      return (
        <p class="note bad">
          <span>This part of the page could not be loaded. Load the page again.</span>
        </p>
      );
    }
    return <p class="dim">Loading…</p>;
  };
}
