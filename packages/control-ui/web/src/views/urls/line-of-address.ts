/** The first line, from 1, whose address begins so; null: there is none. */
export function lineOfAddress(text: string, beginning: string): number | null {
  const lines = text.split('\n');
  const asWritten = lines.findIndex((line) => line.trimStart().startsWith(beginning));
  if (asWritten >= 0) return asWritten + 1;
  // The list may write it otherwise than a browser does.
  const found = lines.findIndex((line) => {
    const address = /\S+/.exec(line)?.[0];
    return address !== undefined && URL.parse(address)?.href.startsWith(beginning) === true;
  });
  return found < 0 ? null : found + 1;
}
