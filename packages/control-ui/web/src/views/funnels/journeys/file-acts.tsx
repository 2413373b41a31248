import { useRef } from 'preact/hooks';
import { clearJourneys, journeysDocument, saveJourneys } from '../../../api/journeys.ts';
import { saveAs } from '../../../format/save-as.ts';
import { confirm } from '../../../parts/confirm.tsx';
import { toast } from '../../../parts/toast.tsx';
import { exampleText } from './example.ts';
import { begin, change, type Editing, savedText } from './text.ts';

/** What can be done with the file as a whole. */
export function FileActs({ now, may }: { readonly now: Editing; readonly may: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const chosen = currentTarget.files?.[0];
    if (chosen !== undefined) change(await chosen.text());
    if (input.current !== null) input.current.value = '';
  };
  return (
    <p class="row acts">
      {may && (
        <>
          <input
            ref={input}
            type="file"
            class="sr"
            accept=".json,application/json"
            aria-label="Journeys file"
            onChange={choose}
            tabIndex={-1}
          />
          <button type="button" class="btn" onClick={() => input.current?.click()}>
            Upload…
          </button>
          {now.text.trim() === '' && (
            <button type="button" class="btn" onClick={() => change(exampleText)}>
              Begin with an example
            </button>
          )}
        </>
      )}
      {now.text.trim() !== '' && (
        <button type="button" class="btn" onClick={() => saveAs('journeys.json', now.text)}>
          Download
        </button>
      )}
      {may && now.saved.version > 0 && (
        <button type="button" class="btn danger" onClick={() => reset(now)}>
          Reset…
        </button>
      )}
    </p>
  );
}

function reset({ saved }: Editing): void {
  confirm({
    title: 'Reset the journeys to the built-in ones?',
    effects: 'The file is deleted. Loaders that run keep it until they are started again.',
    verb: 'Reset',
    busy: 'Resetting…',
    danger: true,
    act: async () => {
      await clearJourneys(saved.version);
      begin(await journeysDocument(), '');
      const undo = () =>
        void saveJourneys(savedText(saved), 0).then(
          (back) => {
            begin(back, savedText(back));
            toast('The journeys file is back.');
          },
          () => toast('The journeys file could not be brought back: somebody saved another one.'),
        );
      toast('The built-in journeys apply again.', undo);
    },
  });
}
