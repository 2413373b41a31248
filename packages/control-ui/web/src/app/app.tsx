import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get, Problem } from '../api/client.ts';
import { session, signedIn, signedOut } from '../api/session.ts';
import { Note } from '../parts/note.tsx';
import { FirstKey } from '../views/first/first-key.tsx';
import { leadToFirstSteps } from './first-visit.ts';
import { lazy } from './lazy.tsx';
import { place } from './router.ts';
import { Shell } from './shell.tsx';

/** The page: the key first, then everything. */
export function App() {
  const { state } = session.value;
  useEffect(() => {
    if (state === 'unknown') void findOut();
  }, [state]);
  if (state === 'unknown') return trouble.value === null ? null : <Waiting text={trouble.value} />;
  if (state === 'out') return <FirstKey />;
  return place.value.view === 'first-steps' ? <FirstSteps /> : <Shell />;
}

const FirstSteps = lazy(() => import('../views/first/first-steps.tsx'));
leadToFirstSteps();

const again_ms = 2_000;
/** What the service said instead of telling who is signed in. */
const trouble = signal<string | null>(null);

function Waiting({ text }: { readonly text: string }) {
  return (
    <main class="page-first">
      <h1>Trafficinator</h1>
      <Note kind="bad">
        {text} It is asked again every {again_ms / 1000} seconds.
      </Note>
    </main>
  );
}

/** Whether the cookie of an earlier visit still opens the panel. */
async function findOut(): Promise<void> {
  try {
    const { name, role } = await get<{ name: string; role: 'viewer' | 'operator' }>('/api/session');
    signedIn(name, role);
  } catch (error) {
    const details = error instanceof Problem ? error.details : null;
    if (details?.status === 401) return signedOut();
    trouble.value = details?.detail ?? 'The page failed.';
    setTimeout(findOut, again_ms);
  }
}
