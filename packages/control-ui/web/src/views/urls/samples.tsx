import { status } from '../../api/live.ts';
import { Visit } from '../../parts/planned/planned-visit.tsx';
import { Samples } from '../../parts/planned/samples.tsx';

const words = {
  changed: 'Plan changes',
  others: 'Three others',
  isOld: 'They are of the list before your changes.',
  mend: 'Mend the errors to plan with the list as it is.',
};

/** Three planned visits, with the list as it is in the field. */
export function UrlSamples(props: {
  readonly text: string;
  readonly saved: string;
  /** The list can be planned with. */
  readonly usable: boolean;
}) {
  const currency = String(status.value?.settings.ecommerce_currency ?? '');
  return (
    <Samples
      {...props}
      title="Sample visits"
      visits={3}
      words={words}
      withText={(urls) => ({ urls })}
      show={(visits, isOld) => (
        <div class={isOld ? 'before' : ''}>
          {visits.map((visit) => (
            <Visit key={visit.visit} visit={visit} currency={currency} />
          ))}
        </div>
      )}
      sum={(visits) =>
        `${visits.reduce((sum, { hits }) => sum + hits.length, 0)} hits. Nothing was sent.`
      }
    />
  );
}
