import type { testConnectionAnswer } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { post } from '../../api/client.ts';
import { timeOf } from '../../format/times.ts';
import { Findings } from '../../parts/findings.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { changes } from './form.ts';

type Tested = z.output<typeof testConnectionAnswer>;

/** A test of what the form says, saved or not. */
export interface ConnectionTest {
  readonly busy: boolean;
  readonly tested: { readonly answer: Tested; readonly at_ms: number } | null;
  readonly error: unknown;
  readonly run: () => Promise<void>;
}

export function useConnectionTest(): ConnectionTest {
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<ConnectionTest['tested']>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await post<Tested>('/api/test-connection', { config: changes.value });
      setTested({ answer, at_ms: Date.now() });
    } catch (thrown) {
      setTested(null);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, tested, error, run };
}

/** What the loader's own check found. */
export function ConnectionResult({ test }: { readonly test: ConnectionTest }) {
  const { busy, tested, error } = test;
  if (busy) {
    return (
      <p class="dim" role="status">
        Asking Matomo. One marked visit is sent, to see that it arrives.
      </p>
    );
  }
  if (error !== null) return <ProblemNote error={error} />;
  if (tested === null) return null;
  return (
    <Section title="Connection, tested" meta={timeOf(tested.at_ms)}>
      <Findings answer={tested.answer} />
    </Section>
  );
}
