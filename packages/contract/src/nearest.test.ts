import { describe, expect, it } from 'vitest';
import { variableNames } from './names.ts';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['TARGET_VISIT_PER_DAY', 'TARGET_VISITS_PER_DAY'],
    ['target_visits_per_day', 'TARGET_VISITS_PER_DAY'],
    ['VISITS_TARGET_PER_DAY', 'TARGET_VISITS_PER_DAY'],
    ['PAGEVIEW_MIN', 'PAGEVIEWS_MIN'],
    ['MATOMO_TOKEN', 'MATOMO_TOKEN_AUTH'],
    ['MATOMO_SITEID', 'MATOMO_SITE_ID'],
    ['PAUSE_BETWEEN_PVS_MAXIMUM', null],
    ['PATH', null],
    ['HTTP_PROXY', null],
    ['MATOMO_DATABASE_HOST', null],
  ])('%s means %s', (written, meant) => expect(nearest(written, variableNames)).toBe(meant));

  it('is stricter where strangers are to be expected', () => {
    expect(nearest('LOGLEVEL', variableNames, 'strict')).toBe('LOG_LEVEL');
    expect(nearest('SPEED', variableNames, 'generous')).toBe('SEED');
    expect(nearest('SPEED', variableNames, 'strict')).toBeNull();
    expect(nearest('REQUEST_TIMEOUT', variableNames, 'strict')).toBeNull();
  });
});
