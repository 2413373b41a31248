/** The most hits that a visit may have. */
export const mostHits = 500;
/** Matomo counts a new visit after a gap of 1,800 s (1,799 s is none). */
export const longestGap_ms = 1_799_000;
/** The longest stay: as long as VISIT_DURATION_MAX may be. */
export const longestStay_ms = 240 * 60_000;

/** Something that a plugin says and that cannot be planned; the message is for its author. */
export class PluginMistake extends Error {}

const longestMessage = 200;

/** What went wrong, on one line, without a stack trace. */
export function messageOf(error: unknown): string {
  const text =
    error instanceof PluginMistake
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : `threw ${String(error)}`;
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, longestMessage);
}
