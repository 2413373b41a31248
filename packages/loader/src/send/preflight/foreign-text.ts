const longest = 200;

/** A text from outside as a message may quote it: one line, no control characters, not too long. */
export function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
