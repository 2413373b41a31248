import type { TargetItem } from '@trafficinator/contract/rest';
import { confirm } from '../../parts/confirm.tsx';
import { changeTarget, removeTarget, type Targets } from './targets-api.ts';
import type { Tests } from './tests.tsx';

/** What can be done with one target. */
export function RowActs(props: {
  readonly target: TargetItem;
  readonly targets: Targets;
  readonly tests: Tests;
  readonly onEdit: (target: TargetItem) => void;
  readonly onDone: (message: string) => void;
}) {
  const { target, targets, tests } = props;
  const { name, enabled } = target;
  const several = targets.items.length > 1;
  const turn = () =>
    confirm({
      title: `${enabled ? 'Switch off' : 'Switch on'} ${name}?`,
      effects: enabled
        ? 'It gets no more visits; its settings and token stay. A running loader does so after a restart.'
        : 'It gets visits again, after a restart of a running loader.',
      verb: enabled ? 'Switch off' : 'Switch on',
      busy: 'Changing…',
      act: async () => {
        props.onDone((await changeTarget(targets, name, { enabled: !enabled })).message);
      },
    });
  const remove = () =>
    confirm({
      title: `Remove ${name}?`,
      effects: `Its address, weight and token are forgotten. ${several ? 'The others stay.' : 'There is no target then, and nothing can be sent.'}`,
      verb: 'Remove',
      busy: 'Removing…',
      danger: true,
      act: async () => {
        await removeTarget(targets, name);
        props.onDone(`The target ${name} was removed.`);
      },
    });
  return (
    <>
      {several && (
        <button
          type="button"
          class="btn quiet"
          disabled={tests.busy !== null}
          aria-label={`Test ${name}`}
          onClick={() => tests.run(name, [target])}
        >
          {tests.busy === name ? 'Testing…' : 'Test'}
        </button>
      )}
      {several && (
        <button type="button" class="btn quiet" onClick={turn}>
          {enabled ? 'Off…' : 'On…'}
        </button>
      )}
      <button
        type="button"
        class="btn quiet"
        aria-label={`Edit ${name}`}
        onClick={() => props.onEdit(target)}
      >
        Edit…
      </button>
      <button type="button" class="btn quiet" aria-label={`Remove ${name}`} onClick={remove}>
        Remove…
      </button>
    </>
  );
}
