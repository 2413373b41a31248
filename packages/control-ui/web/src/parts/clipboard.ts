/**
 * Puts a text into the clipboard and says whether that worked. Over plain HTTP a browser has no clipboard
 * for scripts, so a selected field is copied as a person would.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed here: the other way may be.
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr';
  const above = document.querySelector('dialog[open]') ?? document.body;
  above.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
