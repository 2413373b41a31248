import type { FleetStatus, testConnectionAnswer } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { post } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { targetsText } from '../../app/loader-acts.ts';
import { timeOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { useAct } from '../../parts/use-act.ts';

type Tested = z.output<typeof testConnectionAnswer>;

/** What a start depends on, while nothing runs. */
export function BeforeStart({ fleet }: { readonly fleet: FleetStatus }) {
  const [found, setFound] = useState<{ answer: Tested; at_ms: number } | null>(null);
  const { busy, error, run } = useAct();
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const { settings, settings_changed, preset } = fleet;
  const has = settings.matomo_url !== undefined || Array.isArray(settings.targets);
  const test = async () => {
    await run(async () => {
      const answer = await post<Tested>('/api/test-connection', {});
      setFound({ answer, at_ms: Date.now() });
    });
  };
  const good = found?.answer.success === true;
  return (
    <Section title="Before you start">
      <ul class="diff">
        <li>
          <span>
            <Glyph name={has ? 'finished' : 'failed'} tone={has ? 'accepted' : 'failed'} /> Target
          </span>
          <span class="mid break">
            {has ? (
              targetsText(fleet)
            ) : (
              <>
                None is set. <a href="/targets">Add one</a>
              </>
            )}
          </span>
        </li>
        {has && (
          <li>
            <span>
              <Glyph
                name={found === null ? 'waiting' : good ? 'finished' : 'failed'}
                tone={found === null ? 'quiet' : good ? 'accepted' : 'failed'}
              />{' '}
              Connection
            </span>
            <span class="mid" role="status">
              {found === null
                ? 'not tested since this page was opened'
                : good
                  ? `Matomo took a marked visit at ${timeOf(found.at_ms)}`
                  : [...found.answer.errors, ...found.answer.warnings]
                      .slice(0, 2)
                      .map(({ message }) => message)
                      .join(' ') || 'Visits would not arrive as planned.'}{' '}
              {may && (
                <button type="button" class="link" disabled={busy} onClick={() => void test()}>
                  {busy ? 'Testing…' : found === null ? 'Test now' : 'Test again'}
                </button>
              )}
            </span>
          </li>
        )}
        <li>
          <span>
            <Glyph name="finished" tone="accepted" /> Settings
          </span>
          <span class="mid">
            {settings_changed.length} not at their default
            {preset !== null && `, preset ${preset.name}${preset.modified ? ', modified' : ''}`}
          </span>
        </li>
      </ul>
      <ProblemNote error={error} />
    </Section>
  );
}
