import type { ReconcileReport } from '@trafficinator/contract';
import type { BackfillJob } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { session } from '../../api/session.ts';
import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { timeOf } from '../../format/times.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Differences } from './differences.tsx';
import { compare, comparisonOf, targetsOf } from './reconciliations.ts';
import { Totals } from './totals.tsx';

/** Planned and recorded side by side: asked for, because it reads Matomo's reports of every day. */
export function Reconciled({ job }: { readonly job: BackfillJob }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  if (job.state === 'starting' || job.state === 'running') return null;
  const names = targetsOf(job);
  const asked = place.value.query.get('target');
  const target = names.find((name) => name === asked) ?? names[0] ?? null;
  const found = comparisonOf(job, target);
  const run = async (wanted: readonly (string | null)[]) => {
    setError(null);
    try {
      for (const each of wanted) {
        setBusy(each ?? '');
        await compare(job, each);
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(null);
    }
  };
  const verb = `${found === null ? 'Reconcile' : 'Reconcile again'}${target === null ? '' : `: ${target}`}`;
  return (
    <Section
      title="Planned and recorded"
      meta={found === null ? undefined : `Matomo’s reports by day, read at ${timeOf(found.at_ms)}`}
      act={
        may ? (
          <>
            {names.length > 1 && (
              <button
                type="button"
                class="btn"
                disabled={busy !== null}
                onClick={() => void run(names)}
              >
                Reconcile all {names.length}
              </button>
            )}
            <button
              type="button"
              class="btn"
              disabled={busy !== null}
              onClick={() => void run([target])}
            >
              {busy === null ? verb : 'Reading the reports…'}
            </button>
          </>
        ) : undefined
      }
    >
      {names.length > 1 && (
        <p class="row totals-bar">
          <Segmented
            label="Target"
            options={names.map((name) => [name ?? '', labelOf(job, name)] as const)}
            value={target ?? ''}
            onChange={(name) => setQuery({ target: name, rows: null, different: null })}
          />
        </p>
      )}
      <ProblemNote error={error} />
      {busy !== null && (
        <p class="dim" role="status">
          Matomo{busy === '' ? '' : ` of ${busy}`} is asked for every day, and again until its
          numbers stand still; that can take some minutes. It is read only.
        </p>
      )}
      {found === null
        ? busy === null && (
            <p class="mid">
              Not compared yet. Reconcile reads Matomo’s reports of each day and lays them beside
              the plan, metric by metric. It changes nothing.
            </p>
          )
        : busy !== (target ?? '') && <Found report={found.report} />}
    </Section>
  );
}

/** `shop: equal`; just the name as long as it was not compared. */
function labelOf(job: BackfillJob, name: string | null): string {
  const report = comparisonOf(job, name)?.report;
  if (report === undefined) return name ?? '';
  return `${name}: ${report.ok ? 'equal' : `${count(report.days.different)} days differ`}`;
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
