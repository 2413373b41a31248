import type { testConnectionAnswer } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { post } from '../../api/client.ts';
import { Findings } from '../../parts/findings.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { useAct } from '../../parts/use-act.ts';

/** Asks the Matomo what it is set to, with the saved settings. */
export function AnswerStep(props: {
  readonly onDone: () => void;
  readonly onAnswered: () => void;
}) {
  const [answer, setAnswer] = useState<z.output<typeof testConnectionAnswer> | null>(null);
  const { busy, error, run } = useAct();
  const test = async () => {
    await run(async () => {
      const found = await post<z.output<typeof testConnectionAnswer>>('/api/test-connection', {});
      setAnswer(found);
      if (found.success) props.onAnswered();
    });
  };
  const good = answer?.success === true;
  return (
    <div class="fields">
      <p class="mid">The test reads what Matomo is set to and sends one marked visit.</p>
      <p class="row" role="status">
        <button type="button" class={`btn ${good ? '' : 'primary'}`} disabled={busy} onClick={test}>
          {busy ? 'Testing…' : answer === null ? 'Test the connection' : 'Test again'}
        </button>
        <button type="button" class={`btn ${good ? 'primary' : 'quiet'}`} onClick={props.onDone}>
          {good ? 'Go on' : 'Go on without'}
        </button>
      </p>
      <ProblemNote error={error} />
      {answer !== null && <Findings answer={answer} />}
    </div>
  );
}
