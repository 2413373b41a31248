import { signal } from '@preact/signals';
import type { ReconcileReport } from '@trafficinator/contract';
import type { BackfillJob } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { count } from '../../format/numbers.ts';
import { timeOf } from '../../format/times.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Differences } from './differences.tsx';
import { Totals } from './totals.tsx';

interface Comparison {
  readonly report: ReconcileReport;
  readonly at_ms: number;
}

/** What was compared while this page is open, by backfill. */
export const reconciled = signal<ReadonlyMap<string, Comparison>>(new Map());

/** Planned and recorded side by side: asked for, because it reads Matomo's reports of every day. */
export function Reconciled({ job }: { readonly job: BackfillJob }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const found = reconciled.value.get(job.id) ?? null;
  const may = session.value.state === 'in' && session.value.role === 'operator';
  if (job.state === 'starting' || job.state === 'running') return null;
  const compare = async () => {
    setBusy(true);
    setError(null);
    try {
      const { report } = await post<{ report: ReconcileReport }>('/api/reconcile', { id: job.id });
      reconciled.value = new Map(reconciled.value).set(job.id, { report, at_ms: Date.now() });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section
      title="Planned and recorded"
      meta={found === null ? undefined : `Matomo’s reports by day, read at ${timeOf(found.at_ms)}`}
      act={
        may ? (
          <button type="button" class="btn" disabled={busy} onClick={() => void compare()}>
            {busy ? 'Reading the reports…' : found === null ? 'Reconcile' : 'Reconcile again'}
          </button>
        ) : undefined
      }
    >
      <ProblemNote error={error} />
      {busy && (
        <p class="dim" role="status">
          Matomo is asked for every day, and again until its numbers stand still; that can take some
          minutes. It is read only.
        </p>
      )}
      {found === null
        ? !busy && (
            <p class="mid">
              Not compared yet. Reconcile reads Matomo’s reports of each day and lays them beside
              the plan, metric by metric. It changes nothing.
            </p>
          )
        : !busy && <Found report={found.report} />}
    </Section>
  );
}

function Found({ report }: { readonly report: ReconcileReport }) {
  const { ok, days, metrics, totals } = report;
  const visits = count(totals.visits?.recorded ?? 0);
  return (
    <>
      <Note kind={ok ? 'ok' : 'warn'}>
        {ok
          ? `Equal: Matomo reports what was delivered, ${visits} visits on ${count(days.compared)} days in ${metrics.length} metrics.`
          : `${count(days.different)} of ${count(days.compared)} days differ from the plan; below stands where and why.`}
      </Note>
      <Totals report={report} />
      <Differences report={report} />
      {report.notices.map((notice) => (
        <p key={notice} class="small mid list-foot">
          {notice}
        </p>
      ))}
      {report.not_compared.length > 0 && (
        <details class="more">
          <summary>{count(report.not_compared.length)} metrics were not compared</summary>
          <ul class="small mid">
            {report.not_compared.map(({ metric, reason, days: on }) => (
              <li key={`${metric} ${reason}`}>
                {metric.replaceAll('_', ' ')}
                {on !== null && ` (${count(on.length)} days)`}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
