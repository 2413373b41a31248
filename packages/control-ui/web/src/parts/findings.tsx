import type { testConnectionAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { Glyph } from './glyph.tsx';
import { Note } from './note.tsx';
import { Scroll } from './scroll.tsx';

const rows = [
  ['errors', 'failed'],
  ['warnings', 'unknown'],
  ['notices', 'info'],
] as const;

/** What a test of the connection found: what stands in the way, what follows, and what Matomo told of itself. */
export function Findings({ answer }: { readonly answer: z.output<typeof testConnectionAnswer> }) {
  return (
    <>
      <Note kind={answer.success ? 'ok' : 'bad'}>
        {answer.success
          ? 'Visits will arrive: Matomo took the marked visit that was sent.'
          : 'Visits would not arrive as planned.'}
      </Note>
      <Scroll label="Findings">
        <table class="tbl findings">
          <tbody>
            {rows.flatMap(([kind, glyph]) =>
              answer[kind].map(({ code, message, remedy }) => (
                <tr key={code + message}>
                  <td colSpan={2}>
                    <Glyph name={glyph} tone={glyph === 'info' ? 'quiet' : glyph} /> {message}{' '}
                    <span class="mid">{remedy}</span>
                  </td>
                </tr>
              )),
            )}
            {answer.findings.map(({ label, text }, at) => (
              <tr key={at}>
                <td class="nowrap">{label}</td>
                <td class="mid">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
