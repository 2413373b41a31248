import { useRef } from 'preact/hooks';
import { createFunnel, type FunnelRow, removeFunnel } from '../../api/funnels.ts';
import { go } from '../../app/router.ts';
import { saveAs } from '../../format/save-as.ts';
import { confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.tsx';
import { close, isChanged } from './editing.ts';
import { forgetDraft } from './kept-draft.ts';
import { fileName, freeName } from './names.ts';

/** What can be done with a saved funnel as a whole. */
export function Acts(props: {
  readonly row: FunnelRow;
  readonly names: readonly string[];
  readonly may: boolean;
  readonly onChanged: () => void;
}) {
  const { row, may, onChanged } = props;
  const latest = useRef(onChanged);
  latest.current = onChanged;
  return (
    <p class="row acts">
      {may && (
        <button
          type="button"
          class="btn"
          disabled={isChanged.value}
          onClick={() => duplicate(row, props.names, () => latest.current())}
        >
          Duplicate…
        </button>
      )}
      <button
        type="button"
        class="btn"
        onClick={() =>
          saveAs(`${fileName(row.name)}.json`, `${JSON.stringify([row.funnel], null, 2)}\n`)
        }
      >
        Export
      </button>
      {may && (
        <button
          type="button"
          class="btn danger"
          onClick={() => remove(row, () => latest.current())}
        >
          Delete…
        </button>
      )}
      {may && isChanged.value && (
        <span class="small dim">What is exported and duplicated is the saved one: save first.</span>
      )}
    </p>
  );
}

function duplicate(row: FunnelRow, names: readonly string[], changed: () => void): void {
  const name = freeName(`${row.name} copy`, [row.name, ...names]);
  confirm({
    title: `Duplicate ${row.name}?`,
    effects: `“${name}” is made with the same steps, switched off.`,
    verb: 'Duplicate',
    busy: 'Duplicating…',
    act: async () => {
      const made = await createFunnel({ ...row.funnel, name, enabled: false });
      changed();
      go(`/funnels/${made.id}`);
      toast(`“${made.name}” is there, switched off.`);
    },
  });
}

function remove(row: FunnelRow, changed: () => void): void {
  confirm({
    title: `Delete the funnel ${row.name}?`,
    effects:
      'Loaders that run keep it until they are started again. What it did in runs stays in their results.',
    verb: 'Delete',
    busy: 'Deleting…',
    danger: true,
    act: async () => {
      await removeFunnel(row);
      forgetDraft(String(row.id));
      close();
      go('/funnels', 'replace');
      changed();
      const undo = () =>
        void createFunnel(row.funnel).then(
          (made) => {
            changed();
            go(`/funnels/${made.id}`);
            toast(`“${made.name}” is back.`);
          },
          () => toast(`“${row.name}” could not be brought back: its name is taken.`),
        );
      toast(`“${row.name}” is deleted.`, undo);
    },
  });
}
