import { useState } from 'preact/hooks';
import { Problem, post } from '../api/client.ts';
import { signedIn } from '../api/session.ts';
import { Glyph } from './glyph.tsx';

/** What the API says of its header helps nobody at a form. */
const whereItIs = 'The service printed the first key when it started first.';

/** The key, once: the browser then has a cookie that no script can read. */
export function KeyForm() {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Problem | null>(null);
  const open = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { name, role } = await post<{ name: string; role: 'viewer' | 'operator' }>(
        '/api/session',
        { key: key.trim() },
      );
      signedIn(name, role);
    } catch (thrown) {
      if (thrown instanceof Problem) setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="fields" onSubmit={open}>
      <label class="lbl">
        Key
        <input
          class="in mono"
          type="password"
          autocomplete="current-password"
          required
          value={key}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : 'key-error'}
          onInput={(event) => setKey(event.currentTarget.value)}
          autofocus
        />
      </label>
      {error !== null && (
        <p class="small o-failed" id="key-error" role="alert">
          <Glyph name="failed" tone="failed" /> {error.details.detail}{' '}
          {error.details.status === 401 ? whereItIs : error.details.remedy}
        </p>
      )}
      <p class="row">
        <button type="submit" class="btn primary" disabled={busy || key.trim() === ''}>
          {busy ? 'Opening…' : 'Open the panel'}
        </button>
      </p>
    </form>
  );
}
