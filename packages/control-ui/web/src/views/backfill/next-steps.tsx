import { Section } from '../../parts/section.tsx';

/** A command of Matomo within a sentence. */
const command = /(\.\/console [\w:-]+(?: --\S+?)*)(?=[,.;]?(?:\s|$))/;

/** What Matomo needs now, as the loader says it; commands stand out so that they can be copied. */
export function NextSteps({ steps }: { readonly steps: readonly string[] }) {
  if (steps.length === 0) return null;
  return (
    <Section title="What Matomo needs now">
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
