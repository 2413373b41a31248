import type { LoadAnswer, OperationResult } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { status } from '../../api/live.ts';
import { type Preset, titleOf } from '../../api/presets.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import type { Described } from '../settings/described.ts';
import type { Difference } from './differences.ts';
import { Differences } from './differences.tsx';

/** What a preset would change, then the choice: at the next start, or now. */
export function Apply(props: {
  readonly preset: Preset;
  readonly list: Readonly<Record<string, Described>>;
  readonly found: readonly Difference[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { preset, found } = props;
  const [busy, setBusy] = useState<'load' | 'restart' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [told, setTold] = useState<LoadAnswer['problems']>([]);
  const fleet = status.value;
  const runs = fleet?.loaders.some((each) => each.process === 'running') ?? false;
  const bringsTarget = ['matomo_url', 'targets'].some((name) =>
    Object.hasOwn(preset.settings, name),
  );
  const apply = async (restart: boolean) => {
    setBusy(restart ? 'restart' : 'load');
    setError(null);
    try {
      const which = preset.id === null ? `built-in/${encodeURIComponent(preset.name)}` : preset.id;
      const loaded = await post<LoadAnswer>(`/api/presets/${which}/load`, { target: 'keep' });
      props.onDone();
      const { message } = restart ? await post<OperationResult>('/api/restart', {}) : loaded;
      toast(message);
      if (loaded.problems.length > 0) setTold(loaded.problems);
      else props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Dialog
      title={`Apply ${titleOf(preset)}?`}
      wide
      onClose={props.onClose}
      footer={
        <>
          <span class="sp" />
          <button type="button" class="btn" onClick={props.onClose} disabled={busy !== null}>
            {told.length > 0 ? 'Close' : 'Cancel'}
          </button>
          {runs && (
            <button type="button" class="btn" onClick={() => apply(false)} disabled={busy !== null}>
              {busy === 'load' ? 'Saving…' : 'Apply at next start'}
            </button>
          )}
          <button
            type="button"
            class="btn primary"
            onClick={() => apply(runs)}
            disabled={busy !== null}
          >
            {busy === 'restart' ? 'Restarting…' : runs ? 'Apply and restart' : 'Apply'}
          </button>
        </>
      }
    >
      <Differences found={found} list={props.list} before="Saved" after={titleOf(preset)} />
      <Note kind="info">
        {runs
          ? `Apply and restart: the loader ends the ${fleet?.visits.in_flight ?? 0} visits under way, then goes on with these settings. No visit is sent twice.`
          : 'No loader runs. The settings are saved, and the next start takes them.'}{' '}
        {bringsTarget
          ? 'The preset names a target of its own; the saved one stays.'
          : 'Target and tokens stay.'}
      </Note>
      {told.map(({ code, message, remedy }) => (
        <Note key={code + message} kind="warn">
          {message} {remedy}
        </Note>
      ))}
      <ProblemNote error={error} />
    </Dialog>
  );
}
