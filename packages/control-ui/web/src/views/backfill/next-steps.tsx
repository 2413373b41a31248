import { Section } from '../../parts/section.tsx';

/** A command of Matomo within a sentence. */
const command = /(\.\/console [\w:-]+(?: --\S+?)*)(?=[,.;]?(?:\s|$))/;

/** What Matomo needs now, as the loader says it; commands stand out so that they can be copied. */
export function NextSteps(props: {
  readonly steps: readonly string[];
  /** Whose Matomo, where there are several. */
  readonly target?: string;
}) {
  const { steps, target } = props;
  if (steps.length === 0) return null;
  return (
    <Section
      title={`What ${target === undefined ? 'Matomo' : `the Matomo of ${target}`} needs now`}
    >
      <ul class="steps-next">
        {steps.map((step) => (
          <li key={step}>
            {step.split(command).map((part, at) =>
              at % 2 === 1 ? (
                <code key={part} class="break">
                  {part}
                </code>
              ) : (
                part
              ),
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
