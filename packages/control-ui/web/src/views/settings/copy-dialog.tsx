import { composeText, envText } from '@trafficinator/contract';
import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { written } from './form.ts';

/** The form as text for the loader alone: what is not at its default, without secrets. */
export function CopyDialog(props: {
  readonly format: 'env' | 'compose';
  readonly onClose: () => void;
}) {
  const [told, setTold] = useState('');
  const text =
    props.format === 'env'
      ? envText('Trafficinator settings', written.value)
      : composeText(written.value);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold('Copied.');
    } catch {
      setTold('This browser does not let the page copy. Select the text and copy it yourself.');
    }
  };
  return (
    <Dialog
      title={props.format === 'env' ? 'Settings as a .env file' : 'Settings for a Compose file'}
      wide
      onClose={props.onClose}
      footer={
        <>
          <span class="small dim" role="status">
            {told}
          </span>
          <span class="sp" />
          <button type="button" class="btn primary" onClick={copy}>
            Copy
          </button>
        </>
      }
    >
      <label class="lbl">
        Without tokens: set MATOMO_TOKEN_AUTH or TARGETS where it runs.
        <textarea
          class="in mono area"
          rows={16}
          readOnly
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
    </Dialog>
  );
}
