import { rate } from '../../format/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import type { Described } from './described.ts';
import { changes, formValue, saved, savedValueOf } from './form.ts';
import { shownValue } from './value-text.ts';

/** Setting by setting: what is saved, and what it would be. */
export function DiffTable({ names }: { readonly names: readonly string[] }) {
  return (
    <Scroll label="Changes">
      <table class="tbl">
        <thead>
          <tr>
            <th>Setting</th>
            <th class="num">Saved</th>
            <th class="num">New</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const setting = saved.value?.list[name];
            return setting === undefined ? null : <Line key={name} setting={setting} />;
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ setting }: { readonly setting: Described }) {
  const { name } = setting;
  const effect = effectOf(setting);
  return (
    <tr>
      <td>
        {setting.label}
        <br />
        <code class="dim">{name}</code>
        {effect !== null && <span class="small mid"> {effect}</span>}
      </td>
      <td class="num">
        <span class="was">{shownValue(setting, savedValueOf(name))}</span>
      </td>
      <td class="num strong">{newText(setting)}</td>
    </tr>
  );
}

function newText(setting: Described): string {
  if (!setting.secret) return shownValue(setting, formValue(setting.name));
  return changes.value[setting.name] === null ? 'cleared' : 'a new one';
}

/** What a rate means at each moment. */
function effectOf(setting: Described): string | null {
  const [before, after] = [savedValueOf(setting.name), formValue(setting.name)];
  const isRate = 'unit' in setting && setting.unit === 'visits/day';
  if (!isRate || typeof before !== 'number' || typeof after !== 'number') return null;
  return `${rate(before / 86_400)} → ${rate(after / 86_400)} visits/s`;
}
