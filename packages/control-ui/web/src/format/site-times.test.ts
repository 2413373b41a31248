import { expect, it } from 'vitest';
import { aheadOfUtc, sameClock, siteClockSentence, timeThere } from './site-times.ts';

const at = (text: string): number => Date.parse(text);

it('knows how far a zone is ahead, in winter and in summer', () => {
  expect(aheadOfUtc('Europe/Stockholm', at('2026-01-15T12:00:00Z'))).toBe(60);
  expect(aheadOfUtc('Europe/Stockholm', at('2026-07-15T12:00:00Z'))).toBe(120);
  expect(aheadOfUtc('America/St_Johns', at('2026-01-15T12:00:00Z'))).toBe(-210);
  expect(aheadOfUtc('Asia/Kathmandu', at('2026-01-15T23:59:59.999Z'))).toBe(345);
});

it('writes the time of the site only where its clock shows something else', () => {
  const now = at('2026-11-20T16:40:12Z');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(sameClock(own, now)).toBe(true);
  expect(timeThere(now, own)).not.toContain('site');
  expect(siteClockSentence(own, now)).toBe('The site’s clock shows the same.');
  const other = own === 'Asia/Kathmandu' ? 'UTC' : 'Asia/Kathmandu';
  expect(timeThere(now, other)).toMatch(/ \(22:25:12 GMT\+5:45 at the site\)$/);
  expect(siteClockSentence(other, now)).toMatch(
    /^The site’s clock shows 22:25:12 GMT\+5:45, .+ (ahead|behind)\.$/,
  );
  expect(timeThere(now, 'Not/AZone')).toEqual(timeThere(now, 'UTC'));
});
