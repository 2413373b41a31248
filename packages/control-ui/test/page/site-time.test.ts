import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('Times', () => {
  it('are the viewer’s, with the site’s beside them where that is another one', async () => {
    const { service } = await serviceWithTarget({
      target_visits_per_day: 864_000,
      timezone: 'Asia/Kathmandu',
    });
    await service.ask('POST', '/api/start', {});
    await service.until('/api/status', ({ hits }) => hits.accepted > 0);
    const [run] = (await service.ask('GET', '/api/runs')).json.items;
    const far = await person({ timezoneId: 'America/New_York' });
    await signIn(far, service);
    const there = /\d\d:\d\d:\d\d GMT\+5:45 at the site/;
    const say = far.locator('.say').first();
    await say
      .getByText(there)
      .or(say.filter({ hasText: there }))
      .first()
      .waitFor();
    await far.locator('.day').getByText('(00:00:00 GMT+5:45 at the site)').waitFor();
    await far
      .locator('.side footer')
      .getByText(/site \d\d:\d\d:\d\d GMT\+5:45/)
      .waitFor();
    await far.goto(`${service.url}/runs/${run.id}`);
    await far.locator('.say').first().filter({ hasText: there }).waitFor();
    for (const view of ['runs', 'logs']) {
      await far.goto(`${service.url}/${view}`);
      await far.getByText(/Times in (EST|EDT|GMT-[45]), the zone of this browser/).waitFor();
      await far.getByText(/The site’s clock shows .* GMT\+5:45, (9|10) h 45 min ahead\./).waitFor();
    }
    const near = await person({ timezoneId: 'Asia/Kathmandu' });
    await signIn(near, service);
    await near.locator('.side footer').getByText('site in the same zone').waitFor();
    await near
      .locator('.day')
      .getByText(/at 00:00:00/)
      .waitFor();
    expect(await near.locator('main').textContent()).not.toContain('at the site');
    await service.ask('POST', '/api/stop?timeout=5');
  });
});
