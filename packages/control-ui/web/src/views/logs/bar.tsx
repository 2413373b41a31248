import type { LogLevel } from '@trafficinator/contract/rest';
import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import type { Wanted } from './feed.ts';
import { type HeldLine, severity } from './log-hold.ts';
import { chooseLevel, chooseLines, keeps, linesOf } from './wanted.ts';

const levelWords: Readonly<Record<LogLevel, string>> = {
  error: 'Error',
  warning: 'Warn',
  info: 'Info',
  debug: 'Debug',
};

/** What is shown, what is searched, and what can be done with it. */
export function Bar(props: {
  readonly wanted: Wanted;
  readonly loaders: readonly string[];
  readonly lines: readonly HeldLine[];
  readonly search: string;
  readonly only: boolean;
  /** Which of how many matches; both 0 when nothing fits. */
  readonly match: readonly [number, number];
  readonly onStep: (by: 1 | -1) => void;
  readonly onCopy: () => void;
  readonly download: string;
  readonly onClear: () => void;
}) {
  const { wanted, search } = props;
  const keep = linesOf(place.value.query);
  return (
    <div class="row log-bar">
      <Levels level={wanted.level} lines={props.lines} />
      {props.loaders.length > 1 && (
        <select
          class="in loader"
          aria-label="Loader"
          value={wanted.loader}
          onChange={(event) => setQuery({ loader: event.currentTarget.value || null })}
        >
          <option value="">All loaders</option>
          {props.loaders.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      )}
      <span class="row search">
        <input
          class="in"
          type="search"
          id="log-search"
          placeholder="Search the log"
          aria-label="Search the log"
          value={search}
          onInput={(event) => setQuery({ q: event.currentTarget.value || null })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
            if (event.key === 'Escape') setQuery({ q: null });
          }}
        />
        {search !== '' && <Matches {...props} />}
      </span>
      <span class="sp" />
      <label class="unit">
        keep
        <select
          class="in keep"
          value={keep}
          onChange={(event) => chooseLines(event.currentTarget.value)}
        >
          {keeps.map((each) => (
            <option key={each} value={each}>
              {each === 'all' ? 'all' : count(Number(each))}
            </option>
          ))}
        </select>
        lines
      </label>
      <button type="button" class="btn" onClick={props.onCopy}>
        Copy
      </button>
      <a class="btn" href={props.download} download="trafficinator.log">
        Download
      </a>
      <button type="button" class="btn quiet" onClick={props.onClear}>
        Clear view
      </button>
    </div>
  );
}

/** A level brings the more severe ones with it. */
function Levels(props: { readonly level: LogLevel; readonly lines: readonly HeldLine[] }) {
  const chosen = severity.indexOf(props.level);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div class="seg" role="group" aria-label="Level: this and more severe">
      {severity.map((level, index) => {
        const held = props.lines.filter((line) => line.level === level).length;
        return (
          <button
            key={level}
            type="button"
            aria-pressed={index <= chosen}
            title={index === 0 ? 'Errors only' : `${levelWords[level]} and more severe`}
            onClick={() => chooseLevel(level)}
          >
            {levelWords[level]} {index <= chosen && <span class="dim">{count(held)}</span>}
          </button>
        );
      })}
    </div>
  );
}

function Matches(props: {
  readonly only: boolean;
  readonly match: readonly [number, number];
  readonly onStep: (by: 1 | -1) => void;
}) {
  const [at, all] = props.match;
  return (
    <>
      <span class="small mid nowrap" role="status">
        {all === 0
          ? 'no match'
          : at === 0
            ? `${count(all)} lines`
            : `${count(at)} of ${count(all)}`}
      </span>
      <button
        type="button"
        class="btn quiet"
        aria-label="Previous match"
        disabled={all === 0}
        onClick={() => props.onStep(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        class="btn quiet"
        aria-label="Next match"
        disabled={all === 0}
        onClick={() => props.onStep(1)}
      >
        ↓
      </button>
      <label class="row small nowrap">
        <input
          class="check"
          type="checkbox"
          checked={props.only}
          onChange={(event) => setQuery({ only: event.currentTarget.checked ? '1' : null })}
        />
        only these
      </label>
    </>
  );
}
