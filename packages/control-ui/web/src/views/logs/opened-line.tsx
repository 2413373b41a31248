import { momentThere } from '../../format/site-times.ts';
import { copyText } from '../../parts/clipboard.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { siteZone } from '../../parts/site-zone.tsx';
import { toast } from '../../parts/toast.tsx';
import { fileText } from './line-text.ts';
import type { HeldLine } from './log-hold.ts';

/** A line with all it says. */
export function OpenedLine(props: { readonly line: HeldLine; readonly onClose: () => void }) {
  const { line } = props;
  const copy = async () => {
    const done = await copyText(fileText(line));
    toast(
      done ? 'The line was copied.' : 'This browser does not let the page copy. Select the text.',
    );
  };
  return (
    <Dialog
      title={`${line.level} of ${line.loader}, ${momentThere(line.at, siteZone())}`}
      wide
      onClose={props.onClose}
      footer={
        <>
          <span class="sp" />
          <button type="button" class="btn" onClick={() => void copy()}>
            Copy
          </button>
        </>
      }
    >
      <p class="mono whole">{line.text}</p>
      {line.detail !== null && <pre class="mono whole">{JSON.stringify(line.detail, null, 2)}</pre>}
    </Dialog>
  );
}
