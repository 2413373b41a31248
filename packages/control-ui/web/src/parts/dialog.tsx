import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A dialog that holds the focus and gives it back; Escape closes it. */
export function Dialog(props: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly footer?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    ref.current?.showModal();
    return () => before?.focus?.();
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dlg ${props.wide ? 'wide' : ''}`}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div class="dh">
        <h2>{props.title}</h2>
        <span class="sp" />
        <button type="button" class="btn quiet" onClick={props.onClose}>
          Close
        </button>
      </div>
      <div class="body">{props.children}</div>
      {props.footer !== undefined && <footer>{props.footer}</footer>}
    </dialog>
  );
}
