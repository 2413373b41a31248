import type { TargetItem } from '@trafficinator/contract/rest';
import { confirm } from '../../parts/confirm.tsx';
import { addTarget, changeTarget, removeTarget, type Targets } from './targets-api.ts';
import type { Tests } from './tests.tsx';
import { type Done, withTarget, writeTargetsOrAsk } from './write.ts';

/** What can be done with one target. */
export function RowActs(props: {
  readonly target: TargetItem;
  readonly targets: Targets;
  readonly tests: Tests;
  readonly onEdit: (target: TargetItem) => void;
  readonly onDone: Done;
  readonly onLeft: () => void;
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
      act: () =>
        writeTargetsOrAsk({
          targets,
          title: `“${name}” was changed meanwhile`,
          change: withTarget(name, { enabled: !enabled }),
          send: async (now) => (await changeTarget(now, name, { enabled: !enabled })).message,
          onDone: props.onDone,
          onLeft: props.onLeft,
        }),
    });
  const undo = () => {
    const { token_auth: _kept, ...open } = target;
    void addTarget(open).then(
      () =>
        props.onDone(`${name} is back${target.token_auth === null ? '' : ', without its token'}.`),
      () => props.onDone(`${name} could not be brought back: see whether its name is taken.`),
    );
  };
  const remove = () =>
    confirm({
      title: `Remove ${name}?`,
      effects: `Its address, weight and token are forgotten${target.token_auth === null ? '' : '; undo brings back all but the token'}. ${several ? 'The others stay.' : 'There is no target then, and nothing can be sent.'}`,
      verb: 'Remove',
      busy: 'Removing…',
      danger: true,
      act: () =>
        writeTargetsOrAsk({
          targets,
          title: `“${name}” was changed meanwhile`,
          change: ({ items, strategy }) => ({
            items: items.filter((each) => each.name !== name),
            strategy,
          }),
          send: async (now) => {
            await removeTarget(now, name);
            return `The target ${name} was removed.`;
          },
          verb: 'Remove it all the same',
          onDone: (message) => props.onDone(message, undo),
          onLeft: props.onLeft,
        }),
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
