import { Glyph } from '../../parts/glyph.tsx';
import { mistakes } from './judge.ts';
import { jumpTo } from './jump.ts';
import { stepFields } from './steps/fields.ts';

const shown = 6;

/** All that stands in the way of saving, each with a link to its place. */
export function MistakeList() {
  const all = [...mistakes.value].flatMap(([path, texts]) => texts.map((text) => ({ path, text })));
  if (all.length === 0) return null;
  return (
    <ul class="list-err" aria-label="Mistakes">
      {all.slice(0, shown).map(({ path, text }) => (
        <li key={path + text}>
          <Glyph name="failed" tone="failed" />
          <span>
            <button type="button" class="link" onClick={() => jumpTo(path)}>
              {placeText(path)}
            </button>{' '}
            {text}.
          </span>
        </li>
      ))}
      {all.length > shown && (
        <li>
          <span />
          <span>{all.length - shown} more.</span>
        </li>
      )}
    </ul>
  );
}

const heads: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  probability: 'Probability',
  priority: 'Priority',
  exit_after_completion: 'Visit ends after it',
  steps: 'The list of steps',
};

/** `steps.1.event_category` → `Step 2, Category`. */
export function placeText(path: string): string {
  const [first = '', at, field] = path.split('.');
  if (first !== 'steps' || at === undefined) return heads[path] ?? path;
  const step = `Step ${Number(at) + 1}`;
  if (field === undefined) return step;
  return `${step}, ${field === 'type' ? 'type' : (stepFields[field]?.label ?? field)}`;
}
