import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { mistakesAt } from '../../api/mistakes.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { useAct } from '../../parts/use-act.ts';

/** The site that visits are sent to. */
export function AddressStep(props: {
  readonly values: Readonly<Record<string, unknown>>;
  readonly onDone: () => void;
}) {
  const { values } = props;
  const [url, setUrl] = useState(String(values.matomo_url ?? ''));
  const [site, setSite] = useState(String(values.matomo_site_id ?? 1));
  const [token, setToken] = useState('');
  const { busy, error, run } = useAct();
  const save = async (event: Event) => {
    event.preventDefault();
    await run(async () => {
      const config = {
        matomo_url: url.trim(),
        matomo_site_id: /^\d+$/.test(site.trim()) ? Number(site) : site.trim(),
        matomo_token_auth: token,
      };
      await post('/api/config/apply', { config, restart: false });
      props.onDone();
    });
  };
  return (
    <form class="fields first-address" onSubmit={save} noValidate>
      <TextField
        name="matomo_url"
        label="Address"
        help="As you open Matomo in a browser, for example https://matomo.your-company.com"
        mono
        value={url}
        mistakes={mistakesAt(error, '/config/matomo_url')}
        onInput={setUrl}
      />
      <TextField
        name="matomo_site_id"
        label="Site id"
        help="Matomo: Administration, Websites, Manage."
        value={site}
        mistakes={mistakesAt(error, '/config/matomo_site_id')}
        onInput={setSite}
      />
      <TextField
        name="matomo_token_auth"
        label="Token"
        secret
        help={
          values.matomo_token_auth === undefined
            ? 'With write access to the site; visits can be sent without, but then all come from one country.'
            : 'Kept; type to replace it.'
        }
        value={token}
        mistakes={mistakesAt(error, '/config/matomo_token_auth')}
        onInput={setToken}
      />
      <ProblemNote error={error} />
      <p class="row">
        <button type="submit" class="btn primary" disabled={busy || url.trim() === ''}>
          {busy ? 'Saving…' : 'Save and go on'}
        </button>
      </p>
    </form>
  );
}
