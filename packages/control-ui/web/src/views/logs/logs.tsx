import { useMemo, useState } from 'preact/hooks';
import { backfills, status } from '../../api/live.ts';
import { useKeys } from '../../app/keys.ts';
import { place } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { copyText } from '../../parts/clipboard.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { ZoneNote } from '../../parts/site-zone.tsx';
import { toast } from '../../parts/toast.tsx';
import { Bar } from './bar.tsx';
import { logQuery, useFeed, type Wanted } from './feed.ts';
import { fileText, rowText } from './line-text.ts';
import { type HeldLine, most } from './log-hold.ts';
import { OpenedLine } from './opened-line.tsx';
import { Rows } from './rows.tsx';
import { wantedOf } from './wanted.ts';

/** What loaders say, live, with what they said before. */
export default function Logs() {
  const { query } = place.value;
  const search = query.get('q') ?? '';
  const only = query.get('only') === '1';
  const wanted = wantedOf(query);
  const { hold, loading, error, touch } = useFeed(wanted);
  const [following, setFollowing] = useState(true);
  const [opened, setOpened] = useState<HeldLine | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [cleared, setCleared] = useState(false);
  const lines = hold.shown;
  const matches = useMemo(() => matchesIn(lines, search), [lines, search]);

  const follow = (on: boolean) => {
    if (on === following) return;
    hold.hold(!on);
    setFollowing(on);
    if (on) setAt(null);
    touch();
  };
  const step = (by: 1 | -1) => {
    if (matches.length === 0) return;
    follow(false);
    const before = at === null ? -1 : matches.indexOf(at);
    const next = before < 0 ? (by === 1 ? 0 : matches.length - 1) : before + by;
    setAt(matches[(next + matches.length) % matches.length] ?? null);
  };
  const copy = async () => {
    const done = await copyText(lines.map(fileText).join('\n'));
    toast(
      done
        ? `${count(lines.length)} lines were copied.`
        : 'This browser does not let the page copy. Download the log instead.',
    );
  };
  const stepLine = (by: 1 | -1) => {
    follow(false);
    const before = lines.findIndex(({ number }) => number === at);
    const next = before < 0 ? lines.length - 1 : before + by;
    setAt(lines[Math.max(0, Math.min(next, lines.length - 1))]?.number ?? null);
  };
  const chosen = lines.find(({ number }) => number === at) ?? null;
  const named = (text: string, act: () => void) => ({ part: 'Lists and logs', text, act }) as const;
  useKeys({
    f: () => follow(!following),
    j: () => stepLine(1),
    k: () => stepLine(-1),
    Enter: (event) => chosen !== null && openUnlessButton(event, chosen, setOpened),
    n: search === '' ? undefined : named('Next match', () => step(1)),
    N: search === '' ? undefined : named('Previous match', () => step(-1)),
  });

  const download = logQuery({ ...wanted, keep: most });
  download.set('format', 'text');
  return (
    <>
      <Bar
        wanted={wanted}
        loaders={loadersKnown(lines, wanted.loader)}
        lines={lines}
        search={search}
        only={only}
        match={[at === null ? 0 : matches.indexOf(at) + 1, matches.length]}
        onStep={step}
        onCopy={() => void copy()}
        download={`/api/logs?${download}`}
        onClear={() => {
          hold.clear();
          setCleared(true);
          touch();
        }}
      />
      <ProblemNote error={error} />
      <div class="log view">
        {lines.length === 0 ? (
          <Nothing loading={loading} cleared={cleared} wanted={wanted} />
        ) : (
          <Rows
            lines={lines}
            search={search}
            at={at}
            following={following}
            onScrolled={(atEnd) => {
              if (!atEnd) follow(false);
              else if (hold.newer === 0) follow(true);
            }}
            onOpen={setOpened}
            label={wanted.loader === '' ? 'Log of all loaders' : `Log of ${wanted.loader}`}
          />
        )}
        <Follow following={following} newer={hold.newer} onFollow={() => follow(!following)} />
      </div>
      <p class="row small dim log-foot">
        <ZoneNote />
        <span class="sp" />
        <span>
          {count(lines.length)} lines held, {count(hold.lost)} lost
        </span>
      </p>
      {opened !== null && <OpenedLine line={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** A button or link that has the focus does what it does itself. */
function openUnlessButton(
  event: KeyboardEvent,
  line: HeldLine,
  open: (line: HeldLine) => void,
): boolean {
  if ((event.target as Element).matches('button, a, input, summary')) return false;
  open(line);
  return true;
}

/** Numbers of the lines that have the text in them. */
function matchesIn(lines: readonly HeldLine[], search: string): readonly number[] {
  if (search === '') return [];
  const wanted = search.toLowerCase();
  return lines.flatMap((line) =>
    rowText(line).toLowerCase().includes(wanted) ? [line.number] : [],
  );
}

function loadersKnown(lines: readonly HeldLine[], chosen: string): readonly string[] {
  const live = status.value?.loaders.map(({ id }) => id) ?? [];
  const past = backfills.value?.runs.map(({ id }) => id) ?? [];
  const said = lines.map(({ loader }) => loader);
  return [...new Set([...live, ...past, ...said, ...(chosen === '' ? [] : [chosen])])];
}

function Follow(props: {
  readonly following: boolean;
  readonly newer: number;
  readonly onFollow: () => void;
}) {
  return (
    <p class="follow">
      <Glyph
        name={props.following ? 'running' : 'paused'}
        tone={props.following ? 'accepted' : 'unknown'}
      />
      <span>
        {props.following ? (
          <>
            <b class="strong">Following.</b> New lines come at the end.
          </>
        ) : (
          <>
            <b class="strong">Not following</b>, because you scrolled up. {count(props.newer)} newer{' '}
            {props.newer === 1 ? 'line' : 'lines'}.
          </>
        )}
      </span>
      <span class="sp" />
      <button type="button" class="btn" onClick={props.onFollow}>
        {props.following ? 'Hold still' : 'Follow'} <kbd>f</kbd>
      </button>
    </p>
  );
}

function Nothing(props: {
  readonly loading: boolean;
  readonly cleared: boolean;
  readonly wanted: Wanted;
}) {
  const { level, loader, text } = props.wanted;
  const filtered = level !== 'debug' || loader !== '' || text !== '';
  if (props.loading) return <p class="log-rows dim note-row">Reading the log…</p>;
  if (props.cleared) {
    return (
      <p class="log-rows dim note-row">Nothing new since you cleared the view. The log is kept.</p>
    );
  }
  return (
    <div class="log-rows note-row empty">
      <h2>{filtered ? 'No line fits' : 'No loader has said anything yet'}</h2>
      <p>
        {filtered
          ? 'No line has this level, loader and text.'
          : 'A loader says here what it is told to do, what trouble it has, and how it ends.'}
      </p>
      {filtered ? (
        <a class="btn" href="/logs?level=debug">
          Show all lines
        </a>
      ) : (
        <a class="btn primary" href="/dashboard">
          Go to the dashboard and start
        </a>
      )}
    </div>
  );
}
