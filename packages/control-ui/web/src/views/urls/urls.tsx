import { useMemo, useState } from 'preact/hooks';
import { session } from '../../api/session.ts';
import { count } from '../../format/numbers.ts';
import { Conflict } from '../../parts/file-draft/conflict.tsx';
import { FileActs } from '../../parts/file-draft/file-acts.tsx';
import { builtInTag } from '../../parts/file-draft/file-draft.ts';
import { FileTags } from '../../parts/file-draft/file-tags.tsx';
import { useFile } from '../../parts/file-draft/use-file.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { TextEditor } from '../../parts/text-editor/text-editor.tsx';
import { toast } from '../../parts/toast.tsx';
import { Expected } from './expected.tsx';
import { lineOfAddress } from './line-of-address.ts';
import { UrlSamples } from './samples.tsx';
import { Tree } from './tree.tsx';
import type { UrlSummary } from './url-analysis.ts';
import { urls } from './urls-draft.ts';
import { useAnalysis } from './use-analysis.ts';

/** The pages that visits view: the list as a text, its structure, and what visits make of it. */
export default function Urls() {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [goTo, setGoTo] = useState<{ readonly line: number } | null>(null);
  const saved = urls.saved.value;
  const text = urls.text.value;
  const {
    summary,
    rows,
    folders,
    text: about,
    failed: unread,
  } = useAnalysis(saved === null ? null : text, toggled);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const failed = useFile(urls, may);
  const hindrance = useMemo(() => hindranceOf(summary), [summary]);
  if (saved === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  const isRead = about === text;
  const toggle = (key: string) =>
    setToggled((before) => new Set(before.symmetricDifference(new Set([key]))));
  const choose = (key: string) => {
    const line = lineOfAddress(urls.text.peek(), key);
    if (line === null) toast('No line of the list begins with this address any more.');
    else setGoTo({ line });
  };
  return (
    <>
      <ProblemNote error={failed} />
      <div class="tri material">
        <Section first title="Structure" meta={summary !== null && factsOf(summary)}>
          {summary !== null && summary.pages === 0 && (
            <p class="small mid">No pages yet. Hosts and folders of the list appear here.</p>
          )}
          <Tree
            rows={rows}
            total_weight={summary?.total_weight ?? 0}
            onToggle={toggle}
            onChoose={choose}
          />
        </Section>
        <Section
          first
          title="URLs"
          meta={<code>URLS_FILE</code>}
          act={
            <FileTags
              draft={urls}
              errors={summary?.errors ?? 0}
              warnings={summary?.warnings ?? 0}
              read={isRead}
            />
          }
        >
          {saved.etag === builtInTag && !urls.dirty.value && (
            <Begin may={may} pages={summary?.pages ?? null} />
          )}
          <FileActs
            draft={urls}
            may={may}
            accept=".txt,.tsv,.csv,text/*"
            hindrance={unread ? null : isRead ? hindrance : 'The list is being read.'}
          />
          {unread && (
            <Note kind="bad">
              The part of the page that reads the list could not be loaded, so mistakes are told
              only when it is saved. Load the page again.
            </Note>
          )}
          <TextEditor
            label="URL list"
            language="urls"
            value={text}
            onInput={(typed) => urls.type(typed)}
            problems={summary?.problems ?? []}
            readOnly={!may}
            onUndo={() => urls.undo()}
            goTo={goTo}
          />
        </Section>
        <div>
          {summary !== null && <Expected summary={summary} folders={folders} />}
          <UrlSamples
            text={text}
            saved={saved.text}
            usable={isRead && summary !== null && summary.errors === 0}
          />
        </div>
      </div>
      <Conflict draft={urls} />
    </>
  );
}

/** What a list is for and how to begin, as long as there is none of one's own. */
function Begin(props: { readonly may: boolean; readonly pages: number | null }) {
  return (
    <div class="empty">
      <h3>No list of your own</h3>
      <p>
        Visits view the {props.pages === null ? '' : `${count(props.pages)} `}pages of a built-in
        example shop, shown below.{' '}
        {props.may &&
          'Upload your site’s pages, or edit these. One page a line: its address, a tab, its title, then perhaps a tab and a weight. A page with weight 2 is viewed twice as often as one with 1.'}
      </p>
    </div>
  );
}

const factsOf = ({ hosts, pages, duplicates }: UrlSummary): string =>
  `${count(pages)} ${pages === 1 ? 'page' : 'pages'}, ${count(hosts)} ${hosts === 1 ? 'host' : 'hosts'}${
    duplicates > 0 ? `, ${count(duplicates)} repeated and left out` : ''
  }`;

const hindranceOf = (summary: UrlSummary | null): string | null =>
  summary === null || summary.errors === 0
    ? null
    : `${count(summary.errors)} ${summary.errors === 1 ? 'line has' : 'lines have'} to be mended before the list can be saved.`;
