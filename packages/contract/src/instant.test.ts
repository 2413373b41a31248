import { expect, it } from 'vitest';
import { isComplaint } from './complaint.ts';
import { instantText } from './instant.ts';

it('reads a moment with its zone', () => {
  const value = '2026-05-01T12:00:00.000Z';
  for (const text of ['2026-05-01T12:00:00Z', '2026-05-01T14:00:00+02:00', value]) {
    expect(instantText('RUN_STARTED_AT', text)).toEqual({ value });
  }
  for (const text of ['', 'now', '2026-05-01', '2026-05-01T12:00:00', '2026-02-30T12:00:00Z']) {
    expect(isComplaint(instantText('RUN_STARTED_AT', text))).toBe(true);
  }
});
