import { computed, signal } from '@preact/signals';
import { Problem } from '../../api/client.ts';
import {
  changeFunnel,
  createFunnel,
  type Fields,
  type FunnelRow,
  funnelOf,
} from '../../api/funnels.ts';
import { type Draft, differingPaths, draftOf, newStep, onGround, writtenOf } from './draft.ts';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.ts';

/** What is edited: a funnel that is saved, or a new one (row null). */
export interface Editing {
  /** `new`, or the funnel's number. */
  readonly key: string;
  readonly row: FunnelRow | null;
  readonly draft: Draft;
}

const none: Editing | null = null;
export const editing = signal<Editing | null>(none);
/** Somebody saved it while it was edited here. */
export const theirs = signal<FunnelRow | null>(null);
const past = signal<readonly Draft[]>([]);
/** The field that was changed last: typing on in it is one step to undo. */
let lastField: string | null = null;

export const canUndo = computed(() => past.value.length > 0);
export const written = computed<Fields | null>(() =>
  editing.value === null ? null : writtenOf(editing.value.draft),
);
export const isChanged = computed(() => {
  const now = editing.value;
  if (now === null || written.value === null) return false;
  return now.row === null || differingPaths(now.row.funnel, written.value).length > 0;
});

/** Takes a funnel as it is saved; what was typed here before waits in this tab and is taken up again. */
export function openSaved(fresh: FunnelRow): void {
  const key = String(fresh.id);
  const now = editing.value;
  if (now?.key === key && now.row?.version === fresh.version) return;
  const kept = now?.key === key && isChanged.value ? now : keptDraft(key);
  if (kept === null || kept.row === null) {
    begin({ key, row: fresh, draft: draftOf(fresh.funnel) });
  } else {
    if (now?.key !== key) begin({ key, row: kept.row, draft: kept.draft });
    if (kept.row.version !== fresh.version) theirs.value = fresh;
  }
}

/** A new funnel waits to be opened; over one that is open it is a step to undo. */
export function beginNew(template: Fields): void {
  const draft = draftOf(template);
  if (editing.value?.key === 'new') put(draft, null);
  else keepDraft({ key: 'new', row: null, draft });
}

/** Takes up the new funnel that was begun; false: there is none. */
export function openNew(): boolean {
  if (editing.value?.key === 'new') return true;
  const kept = keptDraft('new');
  if (kept !== null) begin(kept);
  return kept !== null;
}

function begin(next: Editing): void {
  editing.value = next;
  theirs.value = null;
  past.value = [];
  lastField = null;
}

function keep(): void {
  const now = editing.value;
  if (now === null) return;
  if (isChanged.value) keepDraft(now);
  else forgetDraft(now.key);
}

function put(draft: Draft, field: string | null): void {
  const now = editing.value;
  if (now === null) return;
  if (field === null || field !== lastField) past.value = [...past.value.slice(-99), now.draft];
  lastField = field;
  editing.value = { ...now, draft };
  keep();
}

export function changeField(name: string, value: unknown): void {
  const draft = editing.value?.draft;
  if (draft !== undefined) put({ ...draft, fields: { ...draft.fields, [name]: value } }, name);
}

export function changeStep(key: number, name: string, value: unknown): void {
  editSteps(
    (steps) =>
      steps.map((step) =>
        step.key === key ? { key, fields: { ...step.fields, [name]: value } } : step,
      ),
    `${key}.${name}`,
  );
}

export function replaceStep(key: number, fields: Fields): void {
  editSteps((steps) => steps.map((step) => (step.key === key ? { key, fields } : step)));
}

export function addStep(fields: Fields, at: number): void {
  editSteps((steps) => steps.toSpliced(at, 0, newStep(fields)));
}

export function removeStep(at: number, instead: Fields): void {
  editSteps((steps) => (steps.length === 1 ? [newStep(instead)] : steps.toSpliced(at, 1)));
}

export function moveStep(from: number, to: number): void {
  editSteps((steps) => {
    const moved = steps[from];
    return moved === undefined ? steps : steps.toSpliced(from, 1).toSpliced(to, 0, moved);
  });
}

function editSteps(
  change: (steps: Draft['steps']) => Draft['steps'],
  field: string | null = null,
): void {
  const draft = editing.value?.draft;
  if (draft !== undefined) put({ ...draft, steps: change(draft.steps) }, field);
}

export function undo(): void {
  const now = editing.value;
  const before = past.value.at(-1);
  if (now === null || before === undefined) return;
  past.value = past.value.slice(0, -1);
  lastField = null;
  editing.value = { ...now, draft: before };
  keep();
}

/** Back to what is saved; of a new one nothing is left. */
export function discard(): void {
  const now = editing.value;
  if (now === null) return;
  forgetDraft(now.key);
  if (now.row === null) close();
  else begin({ ...now, draft: draftOf(now.row.funnel) });
}

export function close(): void {
  editing.value = null;
  theirs.value = null;
  past.value = [];
}

/** The saved funnel was changed by the list (switched, moved): the draft stays, on the new ground. */
export function settle(fresh: FunnelRow): void {
  const now = editing.value;
  if (now === null || now.row === null || now.key !== String(fresh.id)) return;
  const draft = isChanged.value
    ? onGround(now.draft, now.row.funnel, fresh.funnel)
    : draftOf(fresh.funnel);
  editing.value = { ...now, row: fresh, draft };
  theirs.value = null;
  keep();
}

/** Saves it. Returns null when somebody else saved meanwhile: `theirs` holds their version then. */
export async function save(): Promise<FunnelRow | null> {
  const now = editing.value;
  if (now === null || written.value === null) return null;
  const { row } = now;
  try {
    const made =
      row === null
        ? await createFunnel(written.value)
        : await changeFunnel(row, { ...cleared(row.funnel), ...written.value });
    forgetDraft(now.key);
    begin({ key: String(made.id), row: made, draft: sameKeys(now.draft, made.funnel) });
    return made;
  } catch (error) {
    const isEdited = error instanceof Problem && error.details.code === 'edited_meanwhile';
    if (!isEdited || row === null) throw error;
    theirs.value = await funnelOf(row.id);
    return null;
  }
}

/** The saved one is gone: the draft becomes a new funnel. */
export function detach(): void {
  const now = editing.value;
  if (now === null) return;
  forgetDraft(now.key);
  editing.value = { ...now, key: 'new', row: null };
  keep();
}

/** null for all that is saved: what the draft leaves out goes back to its default. */
const cleared = ({ enabled: _, ...funnel }: Fields): Fields =>
  Object.fromEntries(Object.keys(funnel).map((name) => [name, null]));

/** What was saved, in steps that keep their identity: the open one stays as it is. */
function sameKeys(before: Draft, funnel: Fields): Draft {
  const fresh = draftOf(funnel);
  const steps = fresh.steps.map((step, at) => ({
    ...step,
    key: before.steps[at]?.key ?? step.key,
  }));
  return { ...fresh, steps };
}
