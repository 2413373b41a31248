/** Takes back what was done, the last first, when a later step fails: all or nothing. */
export async function allOrNothing(
  steps: readonly (() => Promise<() => Promise<unknown>>)[],
): Promise<void> {
  const done: (() => Promise<unknown>)[] = [];
  try {
    for (const step of steps) done.push(await step());
  } catch (error) {
    for (const undo of done.toReversed()) await undo().catch(() => {});
    throw error;
  }
}
