import type { FleetStatus } from '@trafficinator/contract/rest';
import type { ComponentChildren } from 'preact';
import { Note } from '../../parts/note.tsx';

const log = <a href="/logs?level=warning">Open the log</a>;
const start = 'Then start again: it goes on where it was, and no visit is sent twice.';

/** What to do about the state, where something has to be done. */
export function Advice({ fleet }: { readonly fleet: FleetStatus }) {
  const found = adviceOf(fleet);
  if (found === null) return null;
  return (
    <Note kind={found.kind} act={found.act}>
      {found.text}
      {found.detail !== undefined && <p class="small mid mono break">{found.detail}</p>}
    </Note>
  );
}

interface Found {
  readonly kind: 'bad' | 'warn' | 'info';
  readonly text: ComponentChildren;
  readonly detail?: string;
  readonly act: ComponentChildren;
}

function adviceOf(fleet: FleetStatus): Found | null {
  switch (fleet.state) {
    case 'failed':
      return ofFailure(fleet);
    case 'finished': {
      const missed = fleet.loaders.some(({ exit_code }) => exit_code === 4);
      return missed
        ? {
            kind: 'warn',
            text: 'More hits failed or came late than the settings tolerate. The reasons stand below each outcome.',
            act: log,
          }
        : null;
    }
    case 'unreachable':
      return {
        kind: 'warn',
        text: 'See whether the loader’s machine is overloaded, and whether its status port is open to this service. The service asks it again every second; the numbers fill in when it answers.',
        detail: fleet.loaders
          .filter(({ state }) => state === 'unreachable')
          .map(({ id, process, detail }) => `${id}: ${process}, ${detail}`)
          .join('; '),
        act: log,
      };
    case 'unknown':
      return {
        kind: 'bad',
        text: 'The service starts and stops loaders through this engine. See whether it runs and whether the service may use it.',
        detail: `${fleet.runner.kind}: ${fleet.runner.reason}`,
        act: log,
      };
    default:
      return null;
  }
}

function ofFailure(fleet: FleetStatus): Found {
  const failed = fleet.loaders.find(({ state }) => state === 'failed');
  const detail = failed === undefined ? {} : { detail: detailOf(failed) };
  switch (failed?.exit_code) {
    case 2:
      return {
        kind: 'bad',
        text: `The settings or a file they name cannot be used. Mend what the log names. ${start}`,
        ...detail,
        act: <a href="/settings">Open the settings</a>,
      };
    case 3:
      return {
        kind: 'bad',
        text: `Matomo cannot be reached, or refuses the site or the token. Test the target; it says which. ${start}`,
        ...detail,
        act: <a href="/targets">Test the target</a>,
      };
    default:
      return { kind: 'bad', text: `The log says what went wrong. ${start}`, ...detail, act: log };
  }
}

const detailOf = ({ id, exit_code, detail }: FleetStatus['loaders'][number]): string =>
  `${id}: exit code ${exit_code ?? 'unknown'}${detail === '' ? '' : `, ${detail}`}`;
