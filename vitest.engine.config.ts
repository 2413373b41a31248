import { defineConfig } from 'vitest/config';

/** Tests on a real Docker engine; tools/docker/container-test.ts provides it and the images. */
export default defineConfig({
  test: {
    include: ['packages/*/test/engine/**/*.engine-test.ts'],
    testTimeout: 120_000,
  },
});
