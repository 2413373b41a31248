import type { TargetItem } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { count } from '../../format/numbers.ts';
import { confirm } from '../../parts/confirm.tsx';
import { changeTarget, type Targets } from './targets-api.ts';
import { withTarget, writeTargetsOrAsk } from './write.ts';

/** What a target gets: its weight with the share it makes, its own volume, or an equal part. */
export function Volume(props: {
  readonly target: TargetItem;
  readonly targets: Targets;
  readonly may: boolean;
  readonly onDone: (message: string) => void;
  readonly onLeft: () => void;
}) {
  const { target, targets, may } = props;
  const { strategy, items, source } = targets;
  const on = items.filter(({ enabled }) => enabled);
  if (!target.enabled) return <span class="dim">nothing</span>;
  if (source === 'single' || strategy === 'mirror') return <>all visits</>;
  if (strategy === 'independent') {
    const own = target.target_visits_per_day;
    return own === null ? (
      <span class="mid">as in Settings</span>
    ) : (
      <>
        {count(own)} <span class="u">visits/day</span>
      </>
    );
  }
  if (strategy !== 'weighted') return <>{percent(1, on.length)}</>;
  const all = on.reduce((sum, { weight }) => sum + weight, 0);
  const part = percent(target.weight, all);
  if (!may) {
    return (
      <>
        {target.weight} <span class="u">{part}</span>
      </>
    );
  }
  return <Weight key={target.weight} {...props} part={part} />;
}

function Weight(props: {
  readonly target: TargetItem;
  readonly targets: Targets;
  readonly part: string;
  readonly onDone: (message: string) => void;
  readonly onLeft: () => void;
}) {
  const { target, targets } = props;
  const [typed, setTyped] = useState(String(target.weight));
  const weight = /^\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : null;
  const isNew = weight !== target.weight;
  const save = (event: Event) => {
    event.preventDefault();
    if (weight === null || !isNew) return;
    confirm({
      title: `Give ${target.name} weight ${weight}?`,
      effects: `It was ${target.weight}. It is saved; a running loader uses it after a restart.`,
      verb: 'Change',
      busy: 'Changing…',
      act: () =>
        writeTargetsOrAsk({
          targets,
          title: `“${target.name}” was changed meanwhile`,
          change: withTarget(target.name, { weight }),
          send: async (now) => (await changeTarget(now, target.name, { weight })).message,
          onDone: props.onDone,
          onLeft: props.onLeft,
        }),
    });
  };
  return (
    <form class="unit" onSubmit={save}>
      <input
        class="in n x"
        inputMode="decimal"
        aria-label={`Weight of ${target.name}`}
        aria-invalid={weight === null}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {isNew ? (
        <button type="submit" class="link" disabled={weight === null}>
          {weight === null ? 'a number' : 'Save…'}
        </button>
      ) : (
        props.part
      )}
    </form>
  );
}

const percent = (part: number, all: number): string =>
  `${all === 0 ? 0 : Number(((100 * part) / all).toFixed(1))} %`;
