/** How a secret looks in answers of this service and of older ones. */
const masks: ReadonlySet<unknown> = new Set(['***', '***MASKED***', '********']);

/** Whether a value that was sent back stands for the secret that is kept. */
export const isMask = (value: unknown): boolean => masks.has(value);
