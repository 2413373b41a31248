import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/{src,web/src}/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'tools/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    globalSetup: ['packages/control-ui/test/page/build-page.ts'],
    testTimeout: 60_000,
  },
});
