import { signal } from '@preact/signals';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | null;
}

const toasts = signal<readonly Toast[]>([]);
const shown_ms = 8_000;
let next = 1;

/** Says what was done, for eight seconds. What failed is never told only so. */
export function toast(text: string, undo: (() => void) | null = null): void {
  const id = next++;
  toasts.value = [...toasts.value, { id, text, undo }];
  setTimeout(() => drop(id), shown_ms);
}

const drop = (id: number): void => {
  toasts.value = toasts.value.filter((each) => each.id !== id);
};

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, text, undo }) => (
        <p key={id} class="toast">
          {text}
          {undo !== null && (
            <button
              type="button"
              class="link"
              onClick={() => {
                undo();
                drop(id);
              }}
            >
              Undo
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
