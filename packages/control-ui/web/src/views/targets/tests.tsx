import type { TargetItem, testConnectionAnswer } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { post } from '../../api/client.ts';
import { timeOf } from '../../format/times.ts';
import { Findings } from '../../parts/findings.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

interface Tested {
  readonly name: string;
  readonly at_ms: number;
  readonly answer: z.output<typeof testConnectionAnswer> | null;
  readonly error: unknown;
}

export interface Tests {
  /** The name of the one under test, or all of them. */
  readonly busy: string | null;
  readonly tested: readonly Tested[];
  readonly run: (which: string, targets: readonly TargetItem[]) => Promise<void>;
}

/** Tests of targets, one after the other: each tells what was found at it. */
export function useTests(source: 'list' | 'single' | 'none'): Tests {
  const [busy, setBusy] = useState<string | null>(null);
  const [tested, setTested] = useState<readonly Tested[]>([]);
  const run = async (which: string, targets: readonly TargetItem[]) => {
    setBusy(which);
    const results: Tested[] = [];
    for (const target of targets) {
      results.push(await testOf(target, source));
      setTested([...results]);
    }
    setBusy(null);
  };
  return { busy, tested, run };
}

/** The stored token goes along: the service puts it in where the address is the one that it was given for. */
async function testOf(target: TargetItem, source: string): Promise<Tested> {
  const at_ms = Date.now();
  const { name } = target;
  const only = [{ ...target, enabled: true, weight: target.weight || 1 }];
  const config = {
    matomo_url: null,
    matomo_token_auth: null,
    targets: JSON.stringify(only),
  };
  try {
    const answer = await post<z.output<typeof testConnectionAnswer>>('/api/test-connection', {
      config: source === 'single' ? {} : config,
    });
    return { name, at_ms, answer, error: null };
  } catch (error) {
    return { name, at_ms, answer: null, error };
  }
}

export function TestResults({ tests }: { readonly tests: Tests }) {
  if (tests.tested.length === 0) {
    return (
      <p class="dim" role="status">
        {tests.busy === null
          ? 'A test asks a Matomo what it is set to and sends one marked visit.'
          : 'Asking Matomo…'}
      </p>
    );
  }
  return (
    <>
      {tests.tested.map(({ name, at_ms, answer, error }, at) => (
        <Section key={name} first={at === 0} title={`${name}, tested`} meta={timeOf(at_ms)}>
          <ProblemNote error={error} />
          {answer !== null && <Findings answer={answer} />}
        </Section>
      ))}
    </>
  );
}
