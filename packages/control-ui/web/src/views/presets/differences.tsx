import type { Described } from '../settings/described.ts';
import { shownValue } from '../settings/value-text.ts';
import type { Difference } from './differences.ts';

/** Two versions of settings, only where they differ. */
export function Differences(props: {
  readonly found: readonly Difference[];
  readonly list: Readonly<Record<string, Described>>;
  /** What is on the left and on the right of the arrow. */
  readonly before: string;
  readonly after: string;
}) {
  const { found, list } = props;
  if (found.length === 0) return <p class="mid acts">They are the same.</p>;
  return (
    <div class="acts">
      <p class="small dim">
        {found.length} differ: {props.before} → {props.after}
      </p>
      <ul class="diff">
        {found.map(({ name, before, after }) => {
          const setting = list[name];
          if (setting === undefined) return null;
          return (
            <li key={name}>
              <span title={name}>{setting.label}</span>
              <span class="brk num">
                <span class="dim">{shownValue(setting, before)}</span>
                <span class="to">→</span>
                <span>{shownValue(setting, after)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
