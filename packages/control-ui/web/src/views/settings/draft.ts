import * as z from 'zod/mini';

const place = 'settings-draft';
const draft = z.object({
  changes: z.record(z.string(), z.unknown()),
  preset: z.optional(z.string()),
});

interface Draft {
  readonly changes: Readonly<Record<string, unknown>>;
  readonly preset: string | undefined;
}

/** What was typed before the page was loaded anew. */
export function keptDraft(): Draft {
  try {
    const { changes, preset } = draft.parse(JSON.parse(sessionStorage.getItem(place) ?? '{}'));
    return { changes, preset };
  } catch {
    return { changes: {}, preset: undefined };
  }
}

/** Keeps changes over a reload, in this tab only. Secrets are typed again: no storage of a browser holds them. */
export function keepDraft({ changes, preset }: Draft, secrets: ReadonlySet<string>): void {
  const open = Object.entries(changes).filter(
    ([name, value]) => value === null || !secrets.has(name),
  );
  if (open.length === 0) return forgetDraft();
  try {
    const kept = { changes: Object.fromEntries(open), preset };
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // Private windows may not keep anything.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // The same.
  }
}
