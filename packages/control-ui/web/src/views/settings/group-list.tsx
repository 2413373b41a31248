import { useEffect, useState } from 'preact/hooks';
import { changedNames, errors } from './form.ts';

interface Listed {
  readonly name: string;
  readonly label: string;
  readonly settings: readonly string[];
}

/** The groups, with what is wrong or changed in each. */
export function GroupList({ groups }: { readonly groups: readonly Listed[] }) {
  const current = useCurrent(groups.map(({ name }) => name));
  return (
    <nav class="toc" aria-label="Groups">
      {groups.map(({ name, label, settings }) => {
        const has = (each: string) => settings.includes(each);
        const wrong = errors.value.filter(({ fields }) => has(fields[0] ?? '')).length;
        const changed = changedNames.value.filter(has).length;
        return (
          <a
            key={name}
            href={`#s-${name}`}
            title={label}
            aria-current={name === current ? 'true' : undefined}
          >
            {name[0]?.toUpperCase()}
            {name.slice(1)}
            {wrong > 0 ? (
              <span class="tag bad">{wrong} wrong</span>
            ) : (
              changed > 0 && <span class="tag changed">{changed} new</span>
            )}
          </a>
        );
      })}
    </nav>
  );
}

const belowTop_px = 160;

/** The group that is being looked at. */
function useCurrent(names: readonly string[]): string | undefined {
  const [current, setCurrent] = useState<string | undefined>(names[0]);
  const all = names.join(' ');
  useEffect(() => {
    const look = () => {
      const above = all
        .split(' ')
        .filter(
          (name) =>
            (document.getElementById(`s-${name}`)?.getBoundingClientRect().top ?? 1e9) <
            belowTop_px,
        );
      setCurrent(above.at(-1) ?? all.split(' ')[0]);
    };
    look();
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, [all]);
  return current;
}
