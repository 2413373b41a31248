import { Dialog } from '../../parts/dialog.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { changedNames, changes, type Saved, same, saved, settle, takeBack } from './form.ts';
import { shownValue } from './value-text.ts';

/** Somebody saved other settings while these were edited: both versions side by side. */
export function Conflict(props: { readonly theirs: Saved; readonly onClose: () => void }) {
  const { theirs } = props;
  const ground = saved.value;
  if (ground === null) return null;
  const isTheirs = (name: string) =>
    !same(ground.values[name] ?? null, theirs.values[name] ?? null);
  const names = Object.keys(theirs.list).filter(
    (name) => isTheirs(name) || changedNames.value.includes(name),
  );
  const both = changedNames.value.filter(isTheirs);
  const keepMine = () => {
    settle(theirs);
    props.onClose();
  };
  const takeTheirs = () => {
    for (const name of both) takeBack(name);
    keepMine();
  };
  return (
    <Dialog
      title="Other settings were saved meanwhile"
      wide
      onClose={props.onClose}
      footer={
        <>
          <span class="small dim">Nothing is applied yet: you review it next.</span>
          <span class="sp" />
          {both.length > 0 && (
            <button type="button" class="btn" onClick={takeTheirs}>
              Take theirs where both changed
            </button>
          )}
          <button type="button" class="btn primary" onClick={keepMine}>
            {both.length > 0 ? 'Keep mine' : 'Go on with mine on top'}
          </button>
        </>
      }
    >
      <Scroll label="Both versions">
        <table class="tbl">
          <thead>
            <tr>
              <th>Setting</th>
              <th class="num">When you began</th>
              <th class="num">Saved now</th>
              <th class="num">Yours</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const setting = theirs.list[name];
              if (setting === undefined) return null;
              const text = (value: unknown) => shownValue(setting, value ?? setting.default);
              const mine = changedNames.value.includes(name);
              return (
                <tr key={name} class={both.includes(name) ? 'sel' : ''}>
                  <td>
                    {setting.label} {both.includes(name) && <span class="tag warn">both</span>}
                  </td>
                  <td class="num">{text(ground.values[name])}</td>
                  <td class="num">{text(theirs.values[name])}</td>
                  <td class="num strong">
                    {mine ? text(changes.value[name]) : <span class="dim">not changed</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </Dialog>
  );
}
