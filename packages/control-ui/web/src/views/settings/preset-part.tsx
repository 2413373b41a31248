import { useState } from 'preact/hooks';
import { status } from '../../api/live.ts';
import { Section } from '../../parts/section.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { changedNames, loadedPreset, saved } from './form.ts';
import { LoadDialog } from './load-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';

type Open = 'save' | 'load' | 'paste' | 'env' | 'compose' | null;

/** Where the form's values can come from and go to, besides the service. */
export function PresetPart({ readOnly }: { readonly readOnly: boolean }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const link = (which: Open, text: string) => (
    <button type="button" class="link" onClick={() => setOpen(which)}>
      {text}
    </button>
  );
  return (
    <Section title="Preset">
      <Active />
      {!readOnly && (
        <p class="row acts">
          <button type="button" class="btn" onClick={() => setOpen('save')}>
            Save as preset…
          </button>
          <button type="button" class="btn" onClick={() => setOpen('load')}>
            Load…
          </button>
        </p>
      )}
      <p class="row small acts">
        {!readOnly && link('paste', 'Paste a .env')}
        {link('env', 'Copy as .env')}
        {link('compose', 'Copy for compose')}
      </p>
      {open === 'save' && <SaveDialog onClose={close} />}
      {open === 'load' && <LoadDialog onClose={close} />}
      {open === 'paste' && <PasteDialog onClose={close} />}
      {(open === 'env' || open === 'compose') && <CopyDialog format={open} onClose={close} />}
    </Section>
  );
}

function Active() {
  const name = loadedPreset.value ?? saved.value?.preset ?? null;
  if (name === null) return <p class="mid">The settings come from no preset.</p>;
  const kept = status.value?.preset;
  const modified = changedNames.value.length > 0 || (kept?.name === name && kept.modified === true);
  return (
    <p class="mid row">
      {name}
      {modified && <span class="tag changed">modified</span>}
      {loadedPreset.value !== undefined && <span class="tag changed">not applied</span>}
    </p>
  );
}
