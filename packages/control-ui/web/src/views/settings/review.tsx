import type { OperationResult, Verdict } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { ask, Problem, post } from '../../api/client.ts';
import { status } from '../../api/live.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { DiffTable } from './diff-table.tsx';
import {
  applied,
  applying,
  changedNames,
  changes,
  load,
  loadedPreset,
  type Saved,
  saved,
  settle,
} from './form.ts';
import { changesText } from './rail.tsx';

/** The changes once more, and what applying them does. */
export function Review(props: {
  readonly onClose: () => void;
  /** Somebody saved other settings meanwhile. */
  readonly onConflict: (theirs: Saved) => void;
}) {
  const [keep, setKeep] = useState(false);
  const [busy, setBusy] = useState<'save' | 'restart' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const names = changedNames.value;
  const body = JSON.stringify(changes.value);
  const verdict = useAsked(body, () => post<Verdict>('/api/validate', { config: changes.value }));
  const fleet = status.value;
  const runs = fleet?.loaders.some((each) => each.process === 'running') ?? false;

  const apply = async (restart: boolean) => {
    setBusy(restart ? 'restart' : 'save');
    applying.value = true;
    setError(null);
    try {
      if (keep) await post('/api/presets', { name: nameOfOld(), from: 'saved' });
      setKeep(false);
      const { value } = await ask<OperationResult>('POST', '/api/config/apply', {
        body: { config: changes.value, restart, preset: loadedPreset.value },
        ...(saved.value !== null && { if_match: saved.value.etag }),
      });
      applied();
      settle(await load());
      toast(value.message);
      props.onClose();
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.details.status === 412) {
        props.onConflict(await load());
      } else setError(thrown);
    } finally {
      applying.value = false;
      setBusy(null);
    }
  };

  return (
    <Dialog
      title={`Apply ${changesText(names.length)}?`}
      wide
      onClose={props.onClose}
      footer={
        <>
          <label class="row small mid">
            <input
              class="check"
              type="checkbox"
              checked={keep}
              onChange={({ currentTarget }) => setKeep(currentTarget.checked)}
            />
            Keep the old settings as a preset
          </label>
          <span class="sp" />
          <button type="button" class="btn" onClick={props.onClose} disabled={busy !== null}>
            Cancel
          </button>
          {runs && (
            <button type="button" class="btn" onClick={() => apply(false)} disabled={busy !== null}>
              {busy === 'save' ? 'Saving…' : 'Apply at next start'}
            </button>
          )}
          <button
            type="button"
            class="btn primary"
            onClick={() => apply(runs)}
            disabled={busy !== null || names.length === 0}
          >
            {busy === 'restart'
              ? 'Restarting…'
              : runs
                ? 'Apply and restart'
                : busy
                  ? 'Saving…'
                  : 'Apply'}
          </button>
        </>
      }
    >
      <DiffTable names={names} />
      <Note kind="info">
        {runs
          ? `Apply and restart: the loader ends the ${fleet?.visits.in_flight ?? 0} visits under way (at most ${Number(fleet?.settings.drain_seconds ?? 30)} s), then goes on with the new settings. No visit is sent twice. If it does not start with them, what runs now runs again.`
          : 'No loader runs. The settings are saved, and the next start takes them.'}
      </Note>
      <Told verdict={verdict.value} changed={names} />
      <ProblemNote error={error ?? verdict.error} />
    </Dialog>
  );
}

/** What the service adds: warnings, and notices of what was changed. */
function Told(props: { readonly verdict: Verdict | null; readonly changed: readonly string[] }) {
  const { verdict, changed } = props;
  const concerns = ({ code, fields }: Verdict['notices'][number]) =>
    code === 'setting_unused_here' || fields.some((name) => changed.includes(name));
  return (
    <>
      {verdict?.warnings.map(({ code, message, remedy }) => (
        <Note key={code + message} kind="warn">
          {message} {remedy}
        </Note>
      ))}
      {verdict?.notices.filter(concerns).map(({ code, message, remedy }) => (
        <Note key={code + message} kind="info">
          {message} {remedy}
        </Note>
      ))}
    </>
  );
}

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const nameOfOld = (): string => `Before ${moment.format(new Date())}`;
