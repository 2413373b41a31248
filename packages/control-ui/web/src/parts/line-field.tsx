/** A labelled line of text in a dialog. */
export function LineField(props: {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly required?: boolean;
  readonly onInput: (value: string) => void;
}) {
  return (
    <label class="lbl">
      {props.label}
      <input
        class="in"
        required={props.required ?? false}
        maxLength={props.maxLength}
        value={props.value}
        onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
      />
    </label>
  );
}
