import { useEffect } from 'preact/hooks';
import { get, Problem } from '../api/client.ts';
import { session } from '../api/session.ts';
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
  if (state === 'unknown') return null;
  if (state === 'out') return <FirstKey />;
  return place.value.view === 'first-steps' ? <FirstSteps /> : <Shell />;
}

const FirstSteps = lazy(() => import('../views/first/first-steps.tsx'));
leadToFirstSteps();

const again_ms = 2_000;

/** Whether the cookie of an earlier visit still opens the panel. */
async function findOut(): Promise<void> {
  try {
    const { name, role } = await get<{ name: string; role: 'viewer' | 'operator' }>('/api/session');
    session.value = { state: 'in', name, role };
  } catch (error) {
    if (error instanceof Problem && error.details.status === 0) setTimeout(findOut, again_ms);
    else session.value = { state: 'out' };
  }
}
