/** A planned share as people write it, `16.25 %`; measured ones have three decimals (`share`). */
export const percent = (part: number): string => `${Number((part * 100).toPrecision(6))} %`;
