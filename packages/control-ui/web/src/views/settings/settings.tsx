import { useCallback, useState } from 'preact/hooks';
import { session } from '../../api/session.ts';
import { useIntent } from '../../app/intent.ts';
import { place, setQuery } from '../../app/router.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { useLeavingGuard } from '../../parts/leaving.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Conflict } from './conflict.tsx';
import { ConnectionResult, useConnectionTest } from './connection.tsx';
import { changedNames, errors, formValue, isChanged, type Saved, saved } from './form.ts';
import { useGround } from './ground.ts';
import { Group } from './group.tsx';
import { GroupList } from './group-list.tsx';
import { showSetting } from './jump.ts';
import { useSettingsKeys } from './keys.ts';
import { changesText, errorsText, Rail } from './rail.tsx';
import { Review } from './review.tsx';
import { elsewhere, nestsOf } from './rows.ts';
import { wanted } from './wanted.ts';

const changesLeft = () =>
  changedNames.value.length === 0
    ? null
    : {
        what: `${changesText(changedNames.value.length)} not applied`,
        effects: 'They wait in this tab until you apply or discard them.',
      };

/** All settings as a form, made from the list that the service gives. */
export default function Settings() {
  const [reviewing, setReviewing] = useState(false);
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const failed = useGround(setTheirs);
  const review = useCallback(() => {
    if (errors.value.length === 0 && changedNames.value.length > 0) setReviewing(true);
  }, []);
  useSettingsKeys(review);
  useLeavingGuard(changesLeft, (path) => /^\/settings\b/.test(path));
  const form = saved.value;
  useIntent('show_setting', form !== null, ({ subject }) => showSetting(subject));
  if (form === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  return (
    <>
      <Form form={form} review={review} />
      {reviewing && theirs === null && (
        <Review onClose={() => setReviewing(false)} onConflict={setTheirs} />
      )}
      {theirs !== null && <Conflict theirs={theirs} onClose={() => setTheirs(null)} />}
    </>
  );
}

function Form({ form, review }: { readonly form: Saved; readonly review: () => void }) {
  const test = useConnectionTest();
  const readOnly = session.value.state !== 'in' || session.value.role !== 'operator';
  const { query } = place.value;
  const text = query.get('q') ?? '';
  const onlyChanged = query.get('changed') === '1';
  const isWanted = wanted(text, onlyChanged ? isChanged : null);
  const groups = form.groups
    .filter(({ name }) => !elsewhere.has(name))
    .map((group) => ({ ...group, nests: nestsOf(group.settings, form, formValue, isWanted) }))
    .filter(({ nests }) => nests.length > 0);
  return (
    <>
      <div class="form">
        <GroupList groups={groups} />
        <form aria-label="Settings" onSubmit={(event) => event.preventDefault()} noValidate>
          <p class="row find-row">
            <input
              class="in"
              type="search"
              data-search
              placeholder="Find a setting"
              aria-label="Find a setting"
              value={text}
              onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
            />
            <label class="row small mid nowrap">
              <input
                class="check"
                type="checkbox"
                checked={onlyChanged}
                onChange={({ currentTarget }) =>
                  setQuery({ changed: currentTarget.checked ? '1' : null })
                }
              />
              Not at their default
            </label>
          </p>
          {groups.length === 0 && (
            <div class="empty">
              <h3>No setting fits</h3>
              <p>Names, labels and help texts were searched.</p>
              <button
                type="button"
                class="btn"
                onClick={() => setQuery({ q: null, changed: null })}
              >
                Show all
              </button>
            </div>
          )}
          {groups.map(({ name, label, nests }, at) => (
            <Group
              key={name}
              name={name}
              label={label}
              nests={nests}
              readOnly={readOnly}
              first={at === 0}
              act={
                name === 'target' &&
                !readOnly && (
                  <button
                    type="button"
                    class="btn quiet"
                    disabled={test.busy || errors.value.length > 0}
                    onClick={test.run}
                  >
                    {test.busy ? 'Testing…' : 'Test connection'}
                  </button>
                )
              }
              after={name === 'target' && <ConnectionResult test={test} />}
            />
          ))}
          <p class="foldrow">
            <Glyph name="info" tone="quiet" />
            <span>
              Settings of the past are not shown here. They belong to a{' '}
              <a href="/backfill">backfill</a>.
            </span>
          </p>
        </form>
        <Rail review={review} readOnly={readOnly} />
      </div>
      {!readOnly && <ActionBar review={review} />}
    </>
  );
}

/** Below the form of a phone, above the tabs. */
function ActionBar({ review }: { readonly review: () => void }) {
  const wrong = errors.value.length;
  const changed = changedNames.value.length;
  if (wrong + changed === 0) return null;
  return (
    <div class="actionbar">
      {wrong > 0 && (
        <span class="small o-failed">
          <Glyph name="failed" tone="failed" /> {errorsText(wrong)}
        </span>
      )}
      <span class="small mid">{changesText(changed)}</span>
      <span class="sp" />
      <button
        type="button"
        class="btn"
        onClick={() => document.getElementById('rail')?.scrollIntoView({ block: 'start' })}
      >
        Show
      </button>
      <button
        type="button"
        class="btn primary"
        disabled={wrong > 0 || changed === 0}
        onClick={review}
      >
        Review…
      </button>
    </div>
  );
}
