import { expect, it } from 'vitest';
import { testApp } from './app.ts';

it('lets in who has a key, as far as the key goes', async () => {
  const { ask } = await testApp();
  expect((await ask('GET', '/api/settings', { as: null })).statusCode).toBe(401);
  expect((await ask('GET', '/api/settings', { as: 'viewer' })).statusCode).toBe(200);
  expect((await ask('POST', '/api/stop', { as: 'viewer' })).statusCode).toBe(403);
  expect((await ask('GET', '/api/status')).json()).toMatchObject({ state: 'unknown' });
  expect((await ask('GET', '/nowhere')).statusCode).toBe(404);
});

it('finds an answer that is not as it is described', async () => {
  const { api, app } = await testApp();
  const answer = await app.inject('/health');
  api.check('GET', '/health', answer);
  const other = Object.create(answer, { body: { value: '{"status":"ill"}' } });
  expect(() => api.check('GET', '/health', other)).toThrow(/service/);
});
