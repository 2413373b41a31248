import { confirm } from '../../parts/confirm.tsx';
import { type Targets, writeTargets } from './targets-api.ts';
import { writeTargetsOrAsk } from './write.ts';

const words = {
  weighted: ['By weight', 'Each visit goes to one target, by weight.'],
  'round-robin': ['In turn', 'Each visit goes to one target, one after the other.'],
  random: ['By chance', 'Each visit goes to one target by chance; the seed decides.'],
  independent: ['Own volume each', 'Each target gets its own volume of visits.'],
  mirror: ['The same to all', 'Every visit goes to every target.'],
} as const;
type Name = keyof typeof words;

/** How visits are divided; another way is asked about first. */
export function Strategy(props: {
  readonly targets: Targets;
  readonly may: boolean;
  readonly onDone: (message: string) => void;
  readonly onLeft: () => void;
}) {
  const { targets, may } = props;
  const { strategy } = targets;
  const choose = (name: Name) => {
    if (name === strategy) return;
    confirm({
      title: `Divide visits ${words[name][0].toLowerCase()}?`,
      effects: `${words[name][1]} It is saved; a running loader uses it after a restart.`,
      verb: 'Change',
      busy: 'Changing…',
      act: () =>
        writeTargetsOrAsk({
          targets,
          title: 'The targets were changed meanwhile',
          change: ({ items }) => ({ items, strategy: name }),
          send: async (now) => {
            const { message } = await writeTargets(now, now.items, name);
            return `${words[name][1]} ${message}`;
          },
          onDone: props.onDone,
          onLeft: props.onLeft,
        }),
    });
  };
  return (
    <>
      <span class="mid">{words[strategy][1]}</span>
      {may && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
        <div class="seg" role="group" aria-label="Strategy">
          {(Object.keys(words) as Name[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === strategy}
              onClick={() => choose(name)}
            >
              {words[name][0]}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
