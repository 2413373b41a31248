import type { RehearsalState } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { useLoaded } from '../../app/loaded.ts';
import { ProblemNote } from '../../parts/note.tsx';

/** The way to traffic without a Matomo, where the service has a stand-in to offer. */
export function StandIn({ onDone }: { readonly onDone: () => void }) {
  const { value } = useLoaded<RehearsalState>('/api/rehearsal');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (value?.offered !== true) return null;
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      await post('/api/rehearsal');
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <>
      <p class="mid lead">
        No Matomo at hand?{' '}
        <button type="button" class="link" disabled={busy} onClick={() => void begin()}>
          {busy ? 'Starting it…' : 'Try it with the built-in stand-in'}
        </button>
        . It takes visits by Matomo’s rules and forgets them when it ends.
      </p>
      <ProblemNote error={error} />
    </>
  );
}
