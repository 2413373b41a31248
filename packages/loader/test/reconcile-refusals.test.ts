import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, targetsOf } from '@trafficinator/contract';
import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../src/edge/failure.ts';
import { openBatches } from '../src/edge/state.ts';
import { FilledSite } from './filled-site.ts';

let filled: FilledSite;
let empty: FilledSite;
beforeAll(async () => {
  filled = await FilledSite.start();
  empty = await FilledSite.start();
  expect(await filled.backfill()).toBe(0);
});
afterAll(() => Promise.all([filled.close(), empty.close()]));

const problemOf = async (attempt: Promise<unknown>) => {
  const failure = await attempt.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`no Failure: ${String(failure)}`);
  const { code, message, remedy } = failure.problems[0]!;
  return { code, message, remedy, exit_code: failure.exitCode };
};

function journalOf(site: FilledSite) {
  const { tracker_url: matomo_url, folder: state_dir } = site;
  const settings = { ...defaultSettings, matomo_url, state_dir };
  return openBatches(settings, targetsOf(settings).list.targets[0]!);
}

describe('reconcile refuses', () => {
  it('where nothing was sent, and makes no state', async () => {
    const problem = await problemOf(empty.reconcile());
    expect(problem).toMatchObject({ code: 'nothing_to_reconcile', exit_code: 2 });
    expect(problem.message).toContain('no backfill has sent anything to site 1');
    journalOf(empty).close();
    expect(await problemOf(empty.reconcile())).toMatchObject({ code: 'nothing_to_reconcile' });
  });

  it('while the backfill is under way', async () => {
    const journal = journalOf(filled);
    try {
      const problem = await problemOf(filled.reconcile());
      expect(problem).toMatchObject({ code: 'state_locked', exit_code: 2 });
      expect(problem.message).toContain('under way');
      expect(problem.remedy).toContain('backfill --status');
    } finally {
      journal.close();
    }
    expect((await filled.reconcile()).exitCode).toBe(0);
  });

  it.each([
    ['a wrong token', ['MATOMO_TOKEN_AUTH=00000000000000000000000000000000'], 'token_refused', 3],
    ['no token', ['MATOMO_TOKEN_AUTH='], 'backfill_needs_token', 2],
    ['no target', ['MATOMO_URL='], 'target_missing', 2],
    ['a target that was never filled', ['MATOMO_SITE_ID=2'], 'nothing_to_reconcile', 2],
  ])('%s', async (_, set, code, exit_code) => {
    expect(await problemOf(filled.reconcile({}, set))).toMatchObject({ code, exit_code });
  });

  it('a JUnit file that cannot be written', async () => {
    const junit = join(filled.folder, 'no', 'such', 'folder.xml');
    expect(await problemOf(filled.reconcile({ junit }))).toMatchObject({
      code: 'junit_file_unusable',
      exit_code: 2,
    });
  });
});

describe('the JUnit file', () => {
  it('has a case for each day', async () => {
    const junit = join(filled.folder, 'reconcile.xml');
    writeFileSync(junit, 'what was there before');
    expect((await filled.reconcile({ junit })).exitCode).toBe(0);
    const document = new DOMParser().parseFromString(readFileSync(junit, 'utf8'), 'text/xml');
    const names = [...document.getElementsByTagName('testcase')].map((c) => c.getAttribute('name'));
    expect(names).toEqual(['2025-03-28', '2025-03-29', '2025-03-30', '2025-03-31']);
    expect(document.getElementsByTagName('failure')).toHaveLength(0);
  });
});
