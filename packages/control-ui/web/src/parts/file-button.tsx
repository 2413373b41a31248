import { useRef } from 'preact/hooks';

/** A button that lets one choose a file of this machine; the same file may be chosen again. */
export function FileButton(props: {
  /** What the button says: `Upload…`. */
  readonly text: string;
  /** What the file is, for those who cannot see around the button. */
  readonly label: string;
  readonly accept: string;
  readonly look?: 'btn' | 'link';
  readonly onFile: (file: File) => Promise<void>;
}) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    const file = currentTarget.files?.[0];
    if (file === undefined) return;
    try {
      await props.onFile(file);
    } finally {
      currentTarget.value = '';
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        class="sr"
        accept={props.accept}
        aria-label={props.label}
        onChange={choose}
        tabIndex={-1}
      />
      <button type="button" class={props.look ?? 'btn'} onClick={() => input.current?.click()}>
        {props.text}
      </button>
    </>
  );
}
