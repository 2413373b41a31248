import type { TargetItem } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { status } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { useIntent } from '../../app/intent.ts';
import { place } from '../../app/router.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { Detail } from './detail.tsx';
import { Edit } from './edit.tsx';
import { Strategy } from './strategy.tsx';
import { TargetTable } from './table.tsx';
import { readTargets } from './targets-api.ts';
import { TestResults, useTests } from './tests.tsx';
import type { Done } from './write.ts';

/** The Matomos that get visits, how visits are divided among them, and how each does. */
export default function Targets() {
  const saved = JSON.stringify(status.value?.settings ?? null);
  const { value: targets, error, again } = useAsked(saved, readTargets);
  const tests = useTests(targets?.source ?? 'none');
  const [editing, setEditing] = useState<TargetItem | 'new' | null>(null);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  useIntent('test_targets', may && targets !== null && tests.busy === null, () => {
    if (targets !== null && targets.items.length > 0) void tests.run('all', targets.items);
  });
  if (targets === null) {
    return error === null ? <p class="dim">Loading…</p> : <ProblemNote error={error} />;
  }
  const { items, source } = targets;
  const asked = place.value.query.get('target');
  const chosen = items.find(({ name }) => name === asked) ?? items[0] ?? null;
  const done: Done = (message, undo) => {
    toast(message, undo);
    again();
  };
  return (
    <>
      <ProblemNote error={error} />
      {targets.problems
        .filter(({ severity, code }) => severity !== 'notice' && code !== 'target_missing')
        .map(({ code, message, remedy, severity }) => (
          <Note key={code + message} kind={severity === 'error' ? 'bad' : 'warn'}>
            {message} {remedy}
          </Note>
        ))}
      {status.value?.restart_needed === true && (
        <Note kind="info">
          The running loader still uses the targets it was started with. Restart it on the{' '}
          <a href="/dashboard">dashboard</a> to use these.
        </Note>
      )}
      {source === 'none' ? (
        <div class="empty">
          <h3>No target</h3>
          <p>
            A target is the Matomo site that visits are sent to: an address, a site id and, for
            countries and past days, a token.
          </p>
          {may && (
            <button type="button" class="btn primary" onClick={() => setEditing('new')}>
              Add a target…
            </button>
          )}
        </div>
      ) : (
        <>
          <div class="row tools">
            {source === 'list' && items.length > 1 && (
              <Strategy targets={targets} may={may} onDone={done} onLeft={again} />
            )}
            {source === 'single' && (
              <span class="mid">One target, from Settings. All visits go to it.</span>
            )}
            <span class="sp" />
            {may && (
              <>
                <button
                  type="button"
                  class="btn"
                  disabled={tests.busy !== null}
                  onClick={() => tests.run('all', items)}
                >
                  {tests.busy === 'all' ? 'Testing…' : items.length > 1 ? 'Test all' : 'Test'}
                </button>
                <button type="button" class="btn primary" onClick={() => setEditing('new')}>
                  Add a target…
                </button>
              </>
            )}
          </div>
          <TargetTable
            targets={targets}
            chosen={chosen}
            may={may}
            tests={tests}
            onEdit={setEditing}
            onDone={done}
            onLeft={again}
          />
          <div class="cols">
            <div>
              <TestResults tests={tests} />
            </div>
            <aside>{chosen !== null && <Detail target={chosen} />}</aside>
          </div>
        </>
      )}
      {editing !== null && (
        <Edit
          targets={targets}
          target={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={done}
          onLeft={again}
        />
      )}
    </>
  );
}
