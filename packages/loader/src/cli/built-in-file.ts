import { builtinMaterial } from '../plan/material/builtin.ts';
import type { EventTemplate } from '../plan/material/material.ts';

/** Material that can be replaced by a file of one's own. */
type BuiltInFile = 'urls' | 'events';

/** `trafficinator material`: prints what is built in as the file that could stand in its place. */
export async function materialCommand(file: BuiltInFile): Promise<number> {
  const text = builtInText(file);
  await new Promise<void>((resolve) => {
    // main.ts tells of an error; a reader who has seen enough is none.
    process.stdout.on('error', () => {});
    process.stdout.write(text, () => resolve());
  });
  return 0;
}

/** The text of a URL file or of an events file (JSON) with the built-in material. */
export function builtInText(file: BuiltInFile): string {
  const { pages, click_events, random_events } = builtinMaterial();
  if (file === 'urls') {
    return pages.map(({ url, title }) => `${url.raw}\t${title.raw}\n`).join('');
  }
  const events = {
    click_events: click_events.map(written),
    random_events: random_events.map(written),
  };
  return `${JSON.stringify(events, null, 2)}\n`;
}

const written = ({ category, action, name, value }: EventTemplate) => ({
  category: category.raw,
  action: action.raw,
  ...(name !== null && { name: name.raw }),
  ...(value !== null && { value }),
});
