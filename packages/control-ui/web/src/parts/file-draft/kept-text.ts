interface KeptText {
  readonly text: string;
  /** Of the version that it changes. */
  readonly etag: string;
}

const placeOf = (file: string): string => `draft-${file}`;

/** What was typed before the page was loaded anew. */
export function keptText(file: string): KeptText | null {
  try {
    const kept = sessionStorage.getItem(placeOf(file));
    const end = kept?.indexOf('\n') ?? -1;
    return kept === null || end < 0
      ? null
      : { etag: kept.slice(0, end), text: kept.slice(end + 1) };
  } catch {
    return null;
  }
}

/** Keeps a text over a reload, in this tab only; null forgets it. Returns whether the browser took it. */
export function keepText(file: string, kept: KeptText | null): boolean {
  try {
    if (kept === null) sessionStorage.removeItem(placeOf(file));
    else sessionStorage.setItem(placeOf(file), `${kept.etag}\n${kept.text}`);
    return true;
  } catch {
    // Too large, or a private window, which may not keep anything.
    if (kept !== null) keepText(file, null);
    return kept === null;
  }
}
