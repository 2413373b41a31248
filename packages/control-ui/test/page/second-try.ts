/**
 * A browser on a busy machine can miss a beat that no person would notice. In CI a test in one gets a second try; the
 * report marks it `retry x1`, and such a test wants mending.
 */
export const secondTry = { retry: process.env.CI ? 1 : 0 };
